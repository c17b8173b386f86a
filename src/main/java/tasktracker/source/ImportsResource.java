package tasktracker.source;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.security.MaxBody;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of imports. */
@RequestScoped
@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {

  private final Imports imports;
  private final ImportStore store;
  private final UploadReceiver uploadReceiver;
  private final ImportUndoer undo;
  private final SampleChatImporter sample;

  @Inject
  public ImportsResource(Imports imports, ImportStore store, UploadReceiver uploadReceiver, ImportUndoer undo,
      SampleChatImporter sample) {
    this.imports = imports;
    this.store = store;
    this.uploadReceiver = uploadReceiver;
    this.undo = undo;
    this.sample = sample;
  }

  /**
   * Uploads a file: {@code multipart/form-data} with {@code file}, {@code source} and {@code dry_run}. A dry run comes
   * first; without {@code dry_run} the import then starts by itself.
   */
  @POST
  @MaxBody(MaxBody.UPLOAD)
  @ResponseType(status = 202, value = ImportView.class)
  public Response add(@Context HttpServletRequest request) throws IOException {
    UUID id = uploadReceiver.receive(request.getContentType(), request.getContentLengthLong(), request.getInputStream());
    return Response.status(202).location(URI.create("/api/v1/imports/" + id)).entity(get(id)).build();
  }

  /** Imports the sample chat; the messages that are stored already are skipped. */
  @POST
  @Path("sample")
  @ResponseType(status = 202, value = ImportView.class)
  public Response addSample() {
    UUID id = sample.importSample();
    return Response.status(202).location(URI.create("/api/v1/imports/" + id)).entity(get(id)).build();
  }

  @GET
  @QueryParameters({"status", "limit"})
  public List<ImportView> list(@BeanParam Query query) {
    return list(store, query);
  }

  static List<ImportView> list(ImportStore store, Query query) {
    String status = query.text("status", 20);
    if (status != null && Arrays.stream(ImportStatus.values()).noneMatch(s -> s.wire().equals(status))) {
      throw Problem.badRequest("The parameter status must be the status of an import.");
    }
    return store.list(status, query.number("limit", 50, 1, 500));
  }

  @GET
  @Path("{id}")
  public ImportView get(@PathParam("id") UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound("import with this id"));
  }

  @POST
  @Path("{id}/start")
  @ResponseType(status = 202, value = ImportView.class)
  public Response start(@PathParam("id") UUID id) {
    imports.start(id);
    return Response.status(202).entity(get(id)).build();
  }

  @POST
  @Path("{id}/cancel")
  public ImportView cancel(@PathParam("id") UUID id) {
    imports.cancel(id);
    return get(id);
  }

  /**
   * Deletes the uploaded file of an import that is not in progress; it can no longer be started, its messages remain.
   */
  @DELETE
  @Path("{id}/file")
  public ImportView deleteFile(@PathParam("id") UUID id) {
    imports.deleteFile(id);
    return get(id);
  }

  @POST
  @Path("{id}/undo")
  @ResponseType(status = 202, value = ImportView.class)
  public Response undo(@PathParam("id") UUID id) {
    boolean done = undo.start(id);
    return Response.status(done ? 200 : 202).entity(get(id)).build();
  }
}
