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
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.View;

/** Where people bring files in, look what is in them, and see the import go on. */
@RequestScoped
@Path("/ingestion")
@Produces(MediaType.TEXT_HTML)
public class IngestionPage {

  private static final int SHOWN = 50;

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
    model.put("imports", store.newest(null, SHOWN));
    model.put("mayUpload", identity.may(Role.REVIEWER));
    model.put("refused", refused);
    model.put("most", UploadReceiver.limit());
    return View.page("ingestion/list", model);
  }

  /** The form with the file. */
  @POST
  @Path("upload")
  @MaxBody(MaxBody.UPLOAD)
  public Response upload(@Context HttpServletRequest request) throws IOException {
    try {
      return show(uploadReceiver.take(request.getContentType(), request.getContentLengthLong(), request.getInputStream()));
    } catch (Problem refused) {
      return Response.status(refused.status()).header("Retry-After", refused.retryAfterSeconds())
          .entity(list(refused.detail(Preferences.of(request).locale()))).build();
    }
  }

  /** The sample chat, for who wants to look around first. */
  @POST
  @Path("demo")
  public Response demo() {
    return show(sample.bring());
  }

  private static Response show(UUID id) {
    return Response.seeOther(URI.create("/ingestion/" + id)).build();
  }

  @GET
  @Path("{id}")
  public View one(@PathParam("id") UUID id) {
    ImportView view = store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.import")));
    Map<String, Object> model = new HashMap<>(Map.of("i", view, "stalled", view.isStalled(clock.instant()),
        "size", Math.max(1, Math.round(view.fileSize() / 1e6)), "may", identity.may(Role.REVIEWER)));
    store.read(id).ifPresent(read -> model.put("read", read));
    return View.page("ingestion/show", model);
  }

  @POST
  @Path("{id}/start")
  public Response start(@PathParam("id") UUID id) {
    imports.start(id);
    return show(id);
  }

  @POST
  @Path("{id}/cancel")
  public Response cancel(@PathParam("id") UUID id) {
    imports.cancel(id);
    return show(id);
  }

  @POST
  @Path("{id}/delete-file")
  public Response deleteFile(@PathParam("id") UUID id) {
    imports.deleteFile(id);
    return show(id);
  }

  @POST
  @Path("{id}/undo")
  public Response undo(@PathParam("id") UUID id) {
    undo.begin(id);
    return show(id);
  }
}
