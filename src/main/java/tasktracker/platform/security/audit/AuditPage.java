package tasktracker.platform.security.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Csv;
import tasktracker.platform.web.ValueFormats;
import tasktracker.platform.web.template.View;

/** The page of the audit log for administrators, with filters and an export as CSV. */
@RequestScoped
@Path("/system/audit")
@Allowed(Role.ADMIN)
public class AuditPage {

  private static final int ROWS = 50;

  @Inject AuditTrail trail;
  @Inject Audit audit;

  @GET
  @Produces(MediaType.TEXT_HTML)
  public View show(@BeanParam AuditQuery query) {
    var page = trail.page(query.filter(), ROWS);
    return View.page("security/audit", Map.of("rows", page.items(), "typed", query.values(),
        "older", page.next() == null ? "" : "/system/audit?" + query.after(page.next()),
        "newest", query.filter().before() == null ? "" : "/system/audit?" + query.after(null),
        "export", "/system/audit/export.csv?" + query.after(null)));
  }

  @GET
  @Path("export.csv")
  @RateLimited(RateLimits.Limit.SEARCH)
  @Produces("text/csv")
  public Response export(@BeanParam AuditQuery query) {
    AuditTrail.AuditFilter filter = query.filter();
    audit.record("audit.exported", "audit", null, Map.of("format", "csv", "filtered", !query.after(null).isEmpty()));
    var formats = new ValueFormats(query.timeZone());
    StreamingOutput lines = out -> {
      Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      writer.write(Csv.line("at", "actor", "how", "action", "subject_type", "subject_id", "details", "address", "request_id"));
      trail.forEach(filter, row -> write(writer, formats, row));
      writer.flush();
    };
    return Response.ok(lines, "text/csv; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"audit.csv\"").build();
  }

  private static void write(Writer writer, ValueFormats formats, AuditTrail.AuditRow row) {
    try {
      writer.write(Csv.line(formats.precise(row.at()), row.actor(), row.how(), row.action(), row.subjectType(), row.subjectId(),
          row.details(), row.address(), row.requestId()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
