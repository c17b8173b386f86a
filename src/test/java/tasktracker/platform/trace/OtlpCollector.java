package tasktracker.platform.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A fake OpenTelemetry collector: receives spans by OTLP over HTTP in protobuf. */
public final class OtlpCollector implements AutoCloseable {

  private final HttpServer server;
  private final List<ResourceSpans> received = new CopyOnWriteArrayList<>();

  public OtlpCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.addAll(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList());
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT must be. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Names of the services that sent something. */
  public List<String> services() {
    return received.stream().map(r -> said(r.getResource().getAttributesList(), "service.name")).distinct().toList();
  }

  public List<Span> spans(String name) {
    return spans().filter(span -> span.getName().equals(name)).toList();
  }

  /** Everything that was received, as text to be searched. */
  public String all() {
    return received.toString();
  }

  public Stream<Span> spans() {
    return received.stream().flatMap(r -> r.getScopeSpansList().stream()).flatMap(s -> s.getSpansList().stream());
  }

  public static String said(Span span, String key) {
    return said(span.getAttributesList(), key);
  }

  private static String said(List<KeyValue> facts, String key) {
    return facts.stream().filter(f -> f.getKey().equals(key)).map(f -> f.getValue().hasIntValue()
        ? String.valueOf(f.getValue().getIntValue())
        : f.getValue().getStringValue()).findFirst().orElse("");
  }

  public static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
