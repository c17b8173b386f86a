package tasktracker.platform.outbound;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;

/** REST resource of the allowed addresses. */
@RequestScoped
@Path("/api/v1/outbound/allowed")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.ADMIN)
public class OutboundResource {

  /** An address to allow: {@code host:port}. */
  public record NewAddress(@Nullable String address) {}

  @Inject OutboundAllowList list;
  @Inject Identity identity;

  @GET
  public List<OutboundAllowList.Entry> list() {
    return list.list();
  }

  @POST
  @ResponseType(status = 201, value = OutboundAllowList.Entry.class)
  public Response allow(@Nullable NewAddress body) {
    String address = RequestReader.body(body).address();
    HostAndPort allowed = list.allow(address == null ? "" : address, identity.name());
    return Response.status(201).entity(list.list().stream().filter(e -> e.address().equals(allowed)).toList().getLast()).build();
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") UUID id) {
    list.remove(id);
  }
}
