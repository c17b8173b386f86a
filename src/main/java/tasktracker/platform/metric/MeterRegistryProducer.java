package tasktracker.platform.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;

/**
 * The registry of all metrics. Classes inject {@link MeterRegistry} and register their meters under names {@code
 * tasktracker.<subject>.<what>} in base units (seconds, bytes). Tag values come from short closed lists.
 */
@ApplicationScoped
public class MeterRegistryProducer {

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    List<MeterBinder> machine = List.of(new JvmMemoryMetrics(), garbage, new JvmThreadMetrics(), new ClassLoaderMetrics(),
        new ProcessorMetrics(), new FileDescriptorMetrics(), new UptimeMetrics());
    machine.forEach(meters -> meters.bindTo(registry));
  }

  @Produces
  @Singleton
  MeterRegistry registry() {
    return registry;
  }

  /** All metrics in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @PreDestroy
  void stop() {
    garbage.close();
  }
}
