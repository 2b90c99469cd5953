package dev.larder.console;

import dev.larder.manage.Management;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A console in a real Tomcat on the loopback interface, below a context path and a path of its own. */
final class Mounted implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final EchoServlet echo = new EchoServlet();
  private final String path;

  Mounted(Management management, ConsoleSettings settings, String context, String path)
      throws Exception {
    this.path = context + path;
    // Among what a clean build removes.
    Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tomcat")
        .toAbsolutePath();
    tomcat.setBaseDir(base.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context application = tomcat.addContext(context, base.toString());
    // Live streams have no end of their own, which it would wait for.
    ((StandardContext) application).setUnloadDelay(0);
    var wrapper =
        Tomcat.addServlet(application, "console", new ConsoleServlet(management, settings));
    wrapper.setAsyncSupported(true);
    wrapper.setLoadOnStartup(1);
    application.addServletMappingDecoded(path + "/*", "console");
    Tomcat.addServlet(application, "echo", echo);
    application.addServletMappingDecoded("/echo", "echo");
    FilterDef roles = new FilterDef();
    roles.setFilterName("roles");
    roles.setFilter(roles());
    roles.setAsyncSupported("true");
    application.addFilterDef(roles);
    FilterMap map = new FilterMap();
    map.setFilterName("roles");
    map.addURLPattern("/*");
    application.addFilterMap(map);
    tomcat.start();
  }

  static Mounted of(Management management, ConsoleSettings settings) throws Exception {
    return new Mounted(management, settings, "/shop", "/admin/larder");
  }

  /** Stands for the application's log-in: whoever sends the header is the user of those roles. */
  private static Filter roles() {
    return (request, response, chain) -> {
      String named = ((HttpServletRequest) request).getHeader("X-Test-Roles");
      chain.doFilter(
          named == null
              ? request
              : new HttpServletRequestWrapper((HttpServletRequest) request) {
                @Override
                public boolean isUserInRole(String role) {
                  return Arrays.asList(named.split(",", -1)).contains(role);
                }

                @Override
                public Principal getUserPrincipal() {
                  return () -> "olga";
                }
              },
          response);
    };
  }

  /** What the application itself was asked. */
  List<String> asked() {
    return echo.asked();
  }

  /** Where the console is, with the slash at the end. */
  String address() {
    return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path + "/";
  }

  @Override
  public void close() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
