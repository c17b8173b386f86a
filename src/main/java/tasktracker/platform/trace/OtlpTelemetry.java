package tasktracker.platform.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Map;

/** The OpenTelemetry SDK, which reads its standard variables: OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so on. */
final class OtlpTelemetry {

  private static final Map<String, String> DEFAULTS = Map.of("otel.service.name", "task-tracker",
      "otel.exporter.otlp.protocol", "http/protobuf", "otel.metrics.exporter", "none", "otel.logs.exporter", "none",
      "otel.propagators", "tracecontext");

  private OtlpTelemetry() {}

  /** @throws IllegalStateException naming the variable that is invalid */
  static OpenTelemetry fromEnvironment() {
    try {
      return AutoConfiguredOpenTelemetrySdk.builder().addPropertiesSupplier(() -> DEFAULTS)
          .addSamplerCustomizer((sampler, settings) -> new ParentRequiredSampler(sampler)).disableShutdownHook().build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      throw new IllegalStateException("Not started: OTEL_EXPORTER_OTLP_ENDPOINT enables tracing, and a setting of it is invalid: "
          + e.getMessage() + ". Correct it, or remove OTEL_EXPORTER_OTLP_ENDPOINT.", e);
    }
  }
}
