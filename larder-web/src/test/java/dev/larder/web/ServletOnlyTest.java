package dev.larder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.Larder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter on a servlet container, without Spring. */
class ServletOnlyTest {

  @TempDir
  Path folder;

  @Test
  void servlet_isAnsweredFor() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    HttpServlet news = new HttpServlet() {
      private static final long serialVersionUID = 1L;

      @Override
      protected void doGet(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response
            .getWriter()
            .print("página " + request.getParameter("page") + " " + calls.incrementAndGet());
      }
    };
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "news", news);
    context.addServletMappingDecoded("/news", "news");
    try (Larder larder = Larder.builder().keyPrefix("web").build()) {
      context.addServletContainerInitializer(
          (classes, servletContext) -> {
            // docs:servlet
            Cache<RequestKey, StoredResponse> pages = larder.cache(
                "pages", StoredResponse.policy().ttl(Duration.ofMinutes(5)).build());
            ResponseRule rule =
                ResponseRule.in(pages).scope(Scope.PUBLIC).query(Set.of("page")).build();
            RouteMatcher routes =
                request -> "news".equals(request.getHttpServletMapping().getServletName())
                    ? new MatchedRoute(rule, "news", Map.of())
                    : null;
            servletContext
                .addFilter("larder", new ResponseCacheFilter(routes, WebCacheOptions.ofDefaults()))
                .addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, "news");
            // docs:end
          },
          Set.of());
      tomcat.start();
      try (RawClient client = new RawClient(tomcat.getConnector().getLocalPort())) {
        assertThat(client.get("/news?page=1").body()).isEqualTo("página 1 1");
        RawClient.Answer hit = client.get("/news?page=1&utm=x");
        assertThat(hit.header("Cache-Status")).startsWith("larder; hit");
        assertThat(hit.body()).isEqualTo("página 1 1");
        assertThat(hit.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(client.get("/news?page=2").body()).isEqualTo("página 2 2");
      } finally {
        tomcat.stop();
        tomcat.destroy();
      }
    }
  }
}
