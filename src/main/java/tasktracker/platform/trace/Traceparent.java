package tasktracker.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span context as a text, by W3C Trace Context: a job keeps that of the span which enqueued it. */
public final class Traceparent {

  private static final String HEADER = "traceparent";

  private Traceparent() {}

  /** Of the current span; null when nothing is traced. */
  public static @Nullable String current() {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, (carrier, name, value) -> headers.put(name, value));
    return headers.get(HEADER);
  }

  /** The span context; invalid when the text is null or malformed. */
  public static SpanContext parse(@Nullable String traceparent) {
    return Span.fromContext(W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, Getter.INSTANCE))
        .getSpanContext();
  }

  private enum Getter implements TextMapGetter<@Nullable String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(@Nullable String carrier) {
      return List.of(HEADER);
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String name) {
      return name.equals(HEADER) ? carrier : null;
    }
  }
}
