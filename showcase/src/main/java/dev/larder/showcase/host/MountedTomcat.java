package dev.larder.showcase.host;

import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardHost;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * Puts an application into a Tomcat that runs already, as a context of its own: own servlets, filters,
 * sessions and class of errors, the port in common.
 */
final class MountedTomcat extends TomcatServletWebServerFactory {
  private final TomcatWebServer server;
  private @Nullable Context context;

  MountedTomcat(TomcatWebServer server) {
    this.server = server;
  }

  @Override
  public WebServer getWebServer(ServletContextInitializer... initializers) {
    StandardHost host = (StandardHost) server.getTomcat().getHost();
    TempDirs temporary = new TempDirs(server.getPort());
    // Adding would start it at once, before its servlets and filters are known.
    host.setStartChildren(false);
    prepareContext(host, initializers, temporary);
    Context added = Objects.requireNonNull(context);
    try {
      added.start();
    } catch (LifecycleException e) {
      throw new WebServerException(
          "the context " + getSettings().getContextPath() + " does not start", e);
    }
    if (added.getState() != LifecycleState.STARTED) {
      throw new WebServerException(
          "the context " + getSettings().getContextPath() + " does not start", null);
    }
    return new Mounted(host, added, server, temporary);
  }

  @Override
  protected void postProcessContext(Context context) {
    this.context = context;
  }

  /** Its end leaves the others running. */
  private record Mounted(Host host, Context context, TomcatWebServer server, TempDirs temporary)
      implements WebServer {
    @Override
    public void start() {
      // it was started with its context
    }

    @Override
    public void stop() {
      try {
        if (context.getState().isAvailable()) {
          context.stop();
        }
        host.removeChild(context);
        temporary.cleanup();
      } catch (LifecycleException e) {
        throw new WebServerException("the context " + context.getPath() + " does not stop", e);
      }
    }

    @Override
    public int getPort() {
      return server.getPort();
    }
  }
}
