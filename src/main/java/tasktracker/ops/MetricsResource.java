package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import tasktracker.platform.metric.MeterRegistryProducer;
import tasktracker.platform.security.Public;
import tasktracker.platform.security.access.MetricsAuthorizer;

/** Metrics for Prometheus. All values are in memory: a scrape uses neither database nor broker. */
@RequestScoped
@Path("/metrics")
public class MetricsResource {

  @Inject MeterRegistryProducer meters;
  @Inject MetricsAuthorizer scraping;
  @Context HttpServletRequest request;

  @GET
  @Public // Checks a token of its own, which works without the database.
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  public String metrics() {
    scraping.authorize(request);
    return meters.scrape();
  }
}
