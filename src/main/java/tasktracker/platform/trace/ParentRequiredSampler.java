package tasktracker.platform.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Drops internal spans without a parent, and leaves all others to the configured sampler. Statements of a request or a job
 * are traced with it; those that the job engine and the probes repeat all day would each be a trace of its own.
 */
final class ParentRequiredSampler implements Sampler {

  private final Sampler configured;

  ParentRequiredSampler(Sampler configured) {
    this.configured = configured;
  }

  @Override
  public SamplingResult shouldSample(Context parent, String traceId, String name, SpanKind kind, Attributes attributes,
      List<LinkData> links) {
    boolean isOrphan = kind == SpanKind.INTERNAL && !Span.fromContext(parent).getSpanContext().isValid();
    return isOrphan ? SamplingResult.drop() : configured.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "ParentRequired{" + configured.getDescription() + "}";
  }

  @Override
  public String toString() {
    return getDescription();
  }
}
