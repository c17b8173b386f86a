package tasktracker.platform.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** An open OpenTelemetry span. */
final class OtlpSpan implements TraceSpan {

  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tasktracker.job.outcome");

  private final Span span;
  private final String name;

  OtlpSpan(Span span, String name) {
    this.span = span;
    this.name = name;
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public void answered(String route, int status) {
    span.updateName(name + " " + route).setAttribute(ROUTE, route).setAttribute(STATUS, (long) status);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void ended(String outcome) {
    span.setAttribute(OUTCOME, outcome);
    if (outcome.equals("failed")) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void close() {
    CurrentTrace.end();
    span.end();
  }
}
