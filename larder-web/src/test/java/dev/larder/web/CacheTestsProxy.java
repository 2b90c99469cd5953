package dev.larder.web;

import dev.larder.Cache;
import dev.larder.CachePolicyBuilder;
import dev.larder.Larder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * The filter in front of the server of the public suite http-tests/cache-tests, as a reverse proxy would
 * stand: a program, not a test, since the suite runs on Node.js. {@code docs/http.md} has the commands.
 *
 * <p>The servlet stands for a handler that says by {@code Vary} what it reads. It takes the headers from
 * the container's request, past the guard: the guard would refuse a handler that reads them all, and the
 * suite asks what a cache makes of what the response says.
 */
public final class CacheTestsProxy {

  /** By what a cache asks whether what it has still holds. */
  private static final List<String> OWN_CONDITIONS = List.of("If-None-Match", "If-Modified-Since");

  /** What a client asks, and a cache answers itself. */
  private static final Set<String> OF_THE_CACHE = Set.of(
      "if-none-match", "if-modified-since", "if-range", "range", "if-match", "if-unmodified-since");

  /** Not for {@link HttpClient} to set. */
  private static final Set<String> OF_THE_HOP = Set.of(
      "host",
      "connection",
      "content-length",
      "transfer-encoding",
      "upgrade",
      "expect",
      "keep-alive");

  private CacheTestsProxy() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments port to listen on, port of the suite's server; both on 127.0.0.1
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("cache-tests");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setPort(Integer.parseInt(arguments[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "origin", new Origin("http://127.0.0.1:" + arguments[1]));
    context.addServletMappingDecoded("/*", "origin");
    Larder larder = Larder.builder().keyPrefix("suite").build();
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          Duration day = Duration.ofDays(1);
          CachePolicyBuilder<RequestKey, StoredResponse> policy =
              StoredResponse.policy().ttl(day).revalidateFor(day);
          Cache<RequestKey, StoredResponse> pages = larder.cache("pages", policy.build());
          Cache<RequestKey, StoredResponse> whileRefreshing = larder.cache(
              "stale-while-revalidate", policy.build().toBuilder().staleFor(day).build());
          Cache<RequestKey, StoredResponse> ifError = larder.cache(
              "stale-if-error", policy.build().toBuilder().staleIfError(day).build());
          RouteMatcher routes = request -> request.getRequestURI().startsWith("/test/")
              ? new MatchedRoute(
                  rule(of(test(request), pages, whileRefreshing, ifError), test(request)),
                  "test",
                  Map.of("path", request.getRequestURI()))
              : null;
          servletContext
              .addFilter(
                  "larder",
                  new ResponseCacheFilter(
                      routes,
                      WebCacheOptions.builder()
                          .passFor(Duration.ZERO)
                          .targetedControl("CDN-Cache-Control")
                          .build()))
              .addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, "origin");
        },
        Set.of());
    tomcat.start();
    tomcat.getServer().await();
  }

  private static String test(HttpServletRequest request) {
    return String.valueOf(request.getHeader("Test-ID"));
  }

  /** What a developer would declare for the handler of a test: whether it may be served stale. */
  private static <C> C of(String test, C usual, C whileRefreshing, C ifError) {
    if (test.startsWith("stale-while-revalidate")) {
      return whileRefreshing;
    }
    return test.startsWith("stale-") ? ifError : usual;
  }

  /** What a developer would declare for the handler of a test: the headers that it reads. */
  private static ResponseRule rule(Cache<RequestKey, StoredResponse> pages, String test) {
    List<String> vary = List.of();
    if (test.startsWith("vary-2")) {
      vary = List.of("Foo", "Bar");
    } else if (test.startsWith("vary-3")) {
      vary = List.of("Foo", "Bar", "Baz");
    } else if (test.startsWith("vary-normalise-lang")) {
      vary = List.of("Accept-Language");
    } else if (test.startsWith("conditional-etag-vary")) {
      vary = List.of("Abc");
    } else if (test.startsWith("vary-")) {
      vary = List.of("Foo");
    }
    return ResponseRule.in(pages)
        .scope(Scope.PUBLIC)
        .query(Set.of(ResponseRule.WHOLE_QUERY))
        .vary(vary)
        .statuses(Set.of(
            200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 405, 410, 414, 499, 500, 501,
            502, 503, 504, 599))
        .undated(Undated.HEURISTIC)
        .build();
  }

  /** Asks the suite's server. */
  private static final class Origin extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;

    Origin(String origin) {
      this.origin = origin;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      boolean isFill = request.getAttribute(InputRecord.ATTRIBUTE) != null;
      HttpServletRequest plain = plain(request);
      String query = plain.getQueryString();
      byte[] body = isFill ? new byte[0] : plain.getInputStream().readAllBytes();
      HttpRequest.Builder asked = HttpRequest.newBuilder(
              URI.create(origin + plain.getRequestURI() + (query == null ? "" : "?" + query)))
          .method(
              isFill ? "GET" : plain.getMethod(),
              body.length == 0
                  ? HttpRequest.BodyPublishers.noBody()
                  : HttpRequest.BodyPublishers.ofByteArray(body));
      for (String name : Collections.list(plain.getHeaderNames())) {
        String key = name.toLowerCase(Locale.ROOT);
        if (!OF_THE_HOP.contains(key) && !(isFill && OF_THE_CACHE.contains(key))) {
          Collections.list(plain.getHeaders(name)).forEach(value -> asked.header(name, value));
        }
      }
      if (isFill) {
        for (String condition : OWN_CONDITIONS) {
          Collections.list(request.getHeaders(condition))
              .forEach(value -> asked.header(condition, value));
        }
      }
      answer(asked.build(), response);
    }

    private void answer(HttpRequest asked, HttpServletResponse response) throws IOException {
      try {
        HttpResponse<byte[]> said = client.send(asked, HttpResponse.BodyHandlers.ofByteArray());
        response.setStatus(said.statusCode());
        said.headers().map().forEach((name, values) -> {
          boolean isOfTheHop = OF_THE_HOP.contains(name.toLowerCase(Locale.ROOT))
              && !(name.equalsIgnoreCase("Connection") && !values.contains("keep-alive"));
          if (!isOfTheHop) {
            values.forEach(value -> response.addHeader(name, value));
          }
        });
        response.getOutputStream().write(said.body());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      }
    }

    private static HttpServletRequest plain(HttpServletRequest request) {
      ServletRequest below = request;
      while (below instanceof HttpServletRequestWrapper wrapper) {
        below = wrapper.getRequest();
      }
      return (HttpServletRequest) below;
    }
  }
}
