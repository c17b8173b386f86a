package tasktracker.platform.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.interceptor.Interceptor;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * OpenTelemetry with an exporter to {@code OTEL_EXPORTER_OTLP_ENDPOINT}. Without that setting it does nothing, and the SDK is
 * not loaded.
 */
@ApplicationScoped
public class OpenTelemetryProducer {

  private static final System.Logger LOG = System.getLogger(OpenTelemetryProducer.class.getName());
  private static final List<String> ENDPOINTS = List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");

  private final boolean isEnabled = ENDPOINTS.stream().anyMatch(OpenTelemetryProducer::isSet);
  private final OpenTelemetry telemetry = isEnabled ? OtlpTelemetry.fromEnvironment() : OpenTelemetry.noop();

  private static boolean isSet(String name) {
    return ConfigProvider.getConfig().getOptionalValue(name, String.class).filter(s -> !s.isBlank()).isPresent();
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    if (isEnabled) {
      LOG.log(Level.INFO, "Requests, jobs and their statements are traced");
    }
  }

  @Produces
  OpenTelemetry openTelemetry() {
    return telemetry;
  }

  @Produces
  Tracer tracer() {
    return telemetry.getTracer("tasktracker");
  }

  /** Exports pending spans. */
  @PreDestroy
  void stop() throws IOException {
    if (telemetry instanceof Closeable sdk) {
      sdk.close();
    }
  }
}
