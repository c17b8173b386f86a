package tasktracker.platform.openapi;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.MaxBody;
import tasktracker.platform.security.access.AccessRule;
import tasktracker.platform.web.BuildInfo;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.query.DeclaredParameters;

/**
 * Describes the resource methods below {@code /api/v1} in OpenAPI 3.1: what JAX-RS matches, the access rules that are
 * enforced, the query parameters that are accepted, and the records that JSON Binding reads and writes.
 */
final class OpenApiDocument {

  private static final String ROOT = "/api/v1";
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{\\s*(\\w+)[^{}]*(?:\\{[^{}]*}[^{}]*)*}");
  private static final List<Class<? extends Annotation>> NOT_OF_THE_BODY = List.of(PathParam.class, QueryParam.class, HeaderParam.class,
      BeanParam.class, Context.class);
  private static final String PROBLEM = "Problem";

  private final SchemaBuilder schemas = new SchemaBuilder();
  private final Map<String, Map<String, JsonObject>> paths = new TreeMap<>();

  private OpenApiDocument() {}

  /** A resource method and its address. */
  private record Operation(Class<?> type, Method method, String verb, String address) {

    private static Stream<Operation> of(Class<?> type) {
      String root = type.getAnnotation(Path.class).value();
      return Arrays.stream(type.getDeclaredMethods()).flatMap(method -> verbOf(method).map(verb -> new Operation(type, method, verb,
          join(root, method.getAnnotation(Path.class)))).stream());
    }

    private static Optional<String> verbOf(Method method) {
      return Arrays.stream(method.getAnnotations()).map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
          .filter(Objects::nonNull).map(HttpMethod::value).findFirst();
    }

    private static String join(String root, @Nullable Path path) {
      String joined = ("/" + root + "/" + (path == null ? "" : path.value())).replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
      return PATH_PARAMETER.matcher(joined).replaceAll("{$1}");
    }

    boolean isOfApi() {
      return address.startsWith(ROOT + "/");
    }

    AccessRule rule() {
      return AccessRule.of(method, type);
    }

    boolean hasPathParameters() {
      return address.contains("{");
    }

    /** The parameter that the body of the request is read into. */
    Optional<Parameter> body() {
      return Arrays.stream(method.getParameters())
          .filter(parameter -> NOT_OF_THE_BODY.stream().noneMatch(parameter::isAnnotationPresent)).findFirst();
    }

    String id() {
      return verb.toLowerCase(java.util.Locale.ROOT)
          + address.substring(ROOT.length()).replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]", "_");
    }

    /** What the address begins with: {@code atoms}. */
    String tag() {
      return address.substring(ROOT.length() + 1).replaceFirst("/.*", "");
    }
  }

  /** Describes the methods of these resource classes. */
  static JsonObject of(Collection<Class<?>> resources) {
    OpenApiDocument document = new OpenApiDocument();
    resources.stream().flatMap(Operation::of).filter(Operation::isOfApi)
        .sorted(Comparator.comparing(Operation::address).thenComparing(Operation::verb)).forEach(document::add);
    return document.build();
  }

  private void add(Operation operation) {
    paths.computeIfAbsent(operation.address(), address -> new TreeMap<>())
        .put(operation.verb().toLowerCase(java.util.Locale.ROOT), describe(operation));
  }

  private JsonObject describe(Operation operation) {
    AccessRule rule = operation.rule();
    JsonObjectBuilder described = Json.createObjectBuilder().add("operationId", operation.id())
        .add("tags", Json.createArrayBuilder().add(operation.tag())).add("description", describe(rule))
        .add("x-required-role", rule.isPublic() ? "" : rule.role().wire()).add("security", security(rule))
        .add("parameters", parameters(operation));
    requestBody(operation).ifPresent(body -> described.add("requestBody", body));
    return described.add("responses", responses(operation)).build();
  }

  private static String describe(AccessRule rule) {
    String role = rule.isPublic() ? "Needs no sign-in." : "Requires the role " + rule.role().wire() + ".";
    return role + (rule.sessionOnly() ? " Only with a session." : "")
        + (rule.managesAccounts() ? " An API token also needs the scope to manage accounts." : "");
  }

  private static JsonArrayBuilder security(AccessRule rule) {
    JsonArrayBuilder security = Json.createArrayBuilder();
    if (!rule.isPublic()) {
      security.add(Json.createObjectBuilder().add("session", Json.createArrayBuilder()));
      if (!rule.sessionOnly()) {
        security.add(Json.createObjectBuilder().add("bearer", Json.createArrayBuilder()));
      }
    }
    return security;
  }

  private JsonArrayBuilder parameters(Operation operation) {
    Map<String, Type> types = new HashMap<>();
    for (Parameter parameter : operation.method().getParameters()) {
      Optional.ofNullable(parameter.getAnnotation(PathParam.class)).ifPresent(p -> types.put(p.value(), parameter.getParameterizedType()));
      Optional.ofNullable(parameter.getAnnotation(QueryParam.class)).ifPresent(p -> types.put(p.value(), parameter.getParameterizedType()));
    }
    JsonArrayBuilder parameters = Json.createArrayBuilder();
    Matcher inPath = PATH_PARAMETER.matcher(operation.address());
    while (inPath.find()) {
      parameters.add(parameter("path", inPath.group(1), schemas.schema(types.getOrDefault(inPath.group(1), String.class))));
    }
    DeclaredParameters declared = DeclaredParameters.of(operation.type(), operation.method());
    declared.names().forEach(name -> parameters.add(parameter("query", name, schemas.schema(types.getOrDefault(name,
        declared.repeatable().contains(name) ? String[].class : String.class)))));
    return parameters;
  }

  private static JsonObjectBuilder parameter(String in, String name, JsonObject schema) {
    return Json.createObjectBuilder().add("name", name).add("in", in).add("required", in.equals("path")).add("schema", schema);
  }

  private Optional<JsonObjectBuilder> requestBody(Operation operation) {
    if (operation.rule().maxBody() == MaxBody.UPLOAD) {
      return Optional.of(content("multipart/form-data", Json.createObjectBuilder().add("type", "object").build()));
    }
    return operation.body().map(body -> content("application/json", schemas.schema(body.getParameterizedType())));
  }

  private static JsonObjectBuilder content(String mediaType, JsonObject schema) {
    return Json.createObjectBuilder().add("content",
        Json.createObjectBuilder().add(mediaType, Json.createObjectBuilder().add("schema", schema)));
  }

  private JsonObjectBuilder responses(Operation operation) {
    ResponseType declared = operation.method().getAnnotation(ResponseType.class);
    Type type = declared == null ? operation.method().getGenericReturnType() : declared.value();
    if (type == Response.class) {
      throw new IllegalStateException(operation.method() + " returns a Response without @ResponseType");
    }
    boolean isEmpty = type == void.class;
    int status = declared != null ? declared.status() : isEmpty ? 204 : 200;
    JsonObjectBuilder responses = Json.createObjectBuilder().add(String.valueOf(status),
        (isEmpty ? Json.createObjectBuilder() : content("application/json", schemas.schema(type))).add("description",
            Response.Status.fromStatusCode(status).getReasonPhrase()));
    if (!operation.rule().isPublic()) {
      responses.add("401", problem("No or invalid credentials")).add("403", problem("The role does not suffice"));
    }
    if (operation.hasPathParameters()) {
      responses.add("404", problem("Not found"));
    }
    return responses.add("default", problem("Another problem, such as an invalid parameter, a conflict or a rate limit"));
  }

  private static JsonObjectBuilder problem(String description) {
    return content("application/problem+json", Json.createObjectBuilder().add("$ref", "#/components/schemas/" + PROBLEM).build())
        .add("description", description);
  }

  private JsonObject build() {
    JsonObjectBuilder described = Json.createObjectBuilder();
    paths.forEach((address, verbs) -> {
      JsonObjectBuilder operations = Json.createObjectBuilder();
      verbs.forEach(operations::add);
      described.add(address, operations);
    });
    JsonObjectBuilder named = Json.createObjectBuilder().add(PROBLEM, problemSchema());
    schemas.named().forEach(named::add);
    return Json.createObjectBuilder().add("openapi", "3.1.0")
        .add("info", Json.createObjectBuilder().add("title", "Task Tracker").add("version", BuildInfo.CURRENT.version()))
        .add("paths", described)
        .add("components", Json.createObjectBuilder().add("schemas", named).add("securitySchemes", securitySchemes())).build();
  }

  /** RFC 9457. */
  private static JsonObjectBuilder problemSchema() {
    JsonObjectBuilder text = Json.createObjectBuilder().add("type", "string");
    JsonObject string = text.build();
    return Json.createObjectBuilder().add("type", "object").add("properties", Json.createObjectBuilder().add("type", string)
        .add("title", string).add("status", Json.createObjectBuilder().add("type", "integer")).add("detail", string)
        .add("instance", string));
  }

  private static JsonObjectBuilder securitySchemes() {
    return Json.createObjectBuilder()
        .add("bearer", Json.createObjectBuilder().add("type", "http").add("scheme", "bearer").add("description", "An API token"))
        .add("session", Json.createObjectBuilder().add("type", "apiKey").add("in", "cookie").add("name", "tt_session"));
  }
}
