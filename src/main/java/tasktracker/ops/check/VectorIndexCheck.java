package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tasktracker.embedding.VectorIndexes;

/** Check of vector indexes against the settings, with the progress of a rebuild. */
@ApplicationScoped
class VectorIndexCheck implements CheckProvider {

  @Inject private VectorIndexes indexes;
  @Inject private CatalogQueries catalog;

  @Override
  public List<Check> checks() {
    return List.of(new Check("vectorindex", "slow-queries", this::vectorIndex));
  }

  private Finding vectorIndex(Check check) {
    List<VectorIndexes.Status> all = indexes.status();
    long unwanted = all.stream().filter(of -> !of.isWanted()).count();
    return check.finding(unwanted > 0 ? CheckState.WARN : CheckState.OK, unwanted > 0 ? "rebuilding" : "ok", unwanted, percent())
        .with(Evidence.of(all.stream().map(VectorIndexCheck::row).toList()));
  }

  private long percent() {
    return CatalogQueries.number(catalog.row("""
        select coalesce(max(100 * tuples_done / greatest(tuples_total, 1)), 0)::bigint as percent
          from pg_stat_progress_create_index where relid = 'message_embedding'::regclass"""), "percent");
  }

  private static Map<String, Object> row(VectorIndexes.Status of) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model", of.model().name());
    row.put("index", of.present() == null ? "—" : of.present());
    row.put("wanted", of.wanted());
    return row;
  }
}
