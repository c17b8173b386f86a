package tasktracker.source;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.MaxBody;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** The pages where files are uploaded, previewed and imported. */
@RequestScoped
@Path("/ingestion")
@Produces(MediaType.TEXT_HTML)
public class IngestionPage {

  private static final int LIST_LIMIT = 50;

  @Inject private Imports imports;
  @Inject private ImportStore store;
  @Inject private UploadReceiver uploadReceiver;
  @Inject private ImportUndoer undo;
  @Inject private SampleChatImporter sample;
  @Inject private Identity identity;
  @Inject private Clock clock;

  @GET
  public View list() {
    return list(null);
  }

  private View list(@Nullable String refused) {
    Map<String, Object> model = new HashMap<>();
    model.put("imports", store.list(null, LIST_LIMIT));
    model.put("mayUpload", identity.may(Role.REVIEWER));
    model.put("refused", refused);
    model.put("most", UploadReceiver.limit());
    return View.page("ingestion/list", model);
  }

  /** Receives the upload form. */
  @POST
  @Path("upload")
  @MaxBody(MaxBody.UPLOAD)
  public Response upload(@Context HttpServletRequest request) throws IOException {
    try {
      return redirectTo(uploadReceiver.receive(request.getContentType(), request.getContentLengthLong(), request.getInputStream()));
    } catch (Problem refused) {
      return Response.status(refused.status()).header("Retry-After", refused.retryAfterSeconds())
          .entity(list(refused.detail(Preferences.of(request).locale()))).build();
    }
  }

  /** Imports the sample chat. */
  @POST
  @Path("demo")
  public Response demo() {
    return redirectTo(sample.importSample());
  }

  private static Response redirectTo(UUID id) {
    return Response.seeOther(URI.create("/ingestion/" + id)).build();
  }

  @GET
  @Path("{id}")
  public View one(@PathParam("id") UUID id, @Context HttpServletRequest request) {
    ImportView view = store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.import")));
    Map<String, Object> model = new HashMap<>(Map.of("i", view, "stalled", view.isStalled(clock.instant()),
        "size", size(view.fileSize()).in(Preferences.of(request).locale()), "may", identity.may(Role.REVIEWER)));
    store.findProgress(id).ifPresent(read -> model.put("read", read));
    return View.page("ingestion/show", model);
  }

  @POST
  @Path("{id}/start")
  public Response start(@PathParam("id") UUID id) {
    imports.start(id);
    return redirectTo(id);
  }

  @POST
  @Path("{id}/cancel")
  public Response cancel(@PathParam("id") UUID id) {
    imports.cancel(id);
    return redirectTo(id);
  }

  @POST
  @Path("{id}/delete-file")
  public Response deleteFile(@PathParam("id") UUID id) {
    imports.deleteFile(id);
    return redirectTo(id);
  }

  @POST
  @Path("{id}/undo")
  public Response undo(@PathParam("id") UUID id) {
    undo.start(id);
    return redirectTo(id);
  }

  /** The size of a file, in kilobytes below a megabyte. */
  static LocalizedMessage size(long bytes) {
    return bytes < 1_000_000
        ? LocalizedMessage.of("ingestion.size.kb", Math.max(1, Math.round(bytes / 1e3)))
        : LocalizedMessage.of("ingestion.size", Math.round(bytes / 1e6));
  }
}
