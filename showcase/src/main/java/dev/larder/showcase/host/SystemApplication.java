package dev.larder.showcase.host;

import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;

/** Makes a {@link ShowcaseSystem} ready to run. */
public final class SystemApplication {
  /** The property that holds the name of the system. */
  public static final String NAME = "showcase.system";

  private SystemApplication() {}

  /** The system with a Tomcat of its own, below its context path. */
  public static SpringApplication alone(Class<?> system) {
    String name = name(system);
    SpringApplication application = new SpringApplication(system);
    application.setDefaultProperties(Map.of(
        NAME,
        name,
        "spring.config.name",
        "application," + name,
        "server.servlet.context-path",
        "/" + name));
    application.setLogStartupInfo(false);
    return application;
  }

  /**
   * The system as one more context of a Tomcat that runs already.
   *
   * @param host the application whose Tomcat it is; ends after this one
   */
  public static SpringApplication mounted(Class<?> system, WebServerApplicationContext host) {
    TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(host.getWebServer());
    SpringApplication application = alone(system);
    application.addInitializers(context -> ((GenericApplicationContext) context)
        .registerBean(ServletWebServerFactory.class, () -> new MountedTomcat(server)));
    return application;
  }

  /** What {@link ShowcaseSystem#name} says. */
  public static String name(Class<?> system) {
    return Objects.requireNonNull(
            AnnotationUtils.findAnnotation(system, ShowcaseSystem.class), system::getName)
        .name();
  }
}
