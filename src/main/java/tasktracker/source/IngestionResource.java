package tasktracker.source;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** Imports under their former URLs. */
@RequestScoped
@Path("/api/v1/ingestion")
@Produces(MediaType.APPLICATION_JSON)
public class IngestionResource {

  private final ImportStore store;

  @Inject
  public IngestionResource(ImportStore store) {
    this.store = store;
  }

  /**
   * A bot cannot read messages from before it joined, and no session of a person is stored, so the response explains
   * the import of an export.
   */
  @POST
  @Path("telegram")
  public ImportView fetch() {
    throw new Problem(501, "Not implemented", "A bot cannot read what was said before it joined. Export the chat in Telegram "
        + "Desktop as machine-readable JSON and send result.json to POST /api/v1/imports with source=telegram-export; "
        + "what is there already is not stored twice.");
  }

  @GET
  @Path("jobs")
  @QueryParameters({"status", "limit"})
  public List<ImportView> list(@BeanParam Query query) {
    return ImportsResource.list(store, query);
  }

  @GET
  @Path("jobs/{id}")
  public ImportView get(@PathParam("id") UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound("ingestion job with this id"));
  }
}
