package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.console.ConsoleServlet;
import dev.larder.console.ConsoleSettings;
import jakarta.servlet.Servlet;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The console at {@code larder.console.path}, for servlet applications with larder-console on the class
 * path that ask for it.
 */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass({ConsoleServlet.class, Servlet.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Larder.class)
@ConditionalOnProperty(name = "larder.console.enabled", havingValue = "true")
public class LarderConsoleAutoConfiguration {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.boot");

  /** For Spring. */
  public LarderConsoleAutoConfiguration() {}

  /** Who may use it, as configuration says. */
  @Bean
  @ConditionalOnMissingBean
  ConsoleSettings larderConsoleSettings(LarderProperties properties) {
    LarderProperties.Console console = properties.console();
    ConsoleSettings.Builder builder = ConsoleSettings.builder()
        .allowActions(console.actions())
        .tokenSeesValues(console.tokenSeesValues())
        .secretCaches(console.secretCaches())
        .history(console.history())
        .maxStreams(console.maxStreams());
    String token = console.token();
    if (token != null) {
      builder.token(token);
    }
    console.role().forEach(builder::viewRole);
    console.actRole().forEach(builder::actRole);
    console.valueRole().forEach(builder::valueRole);
    return builder.build();
  }

  /** The servlet, of the larder that is there. */
  @Bean
  @ConditionalOnMissingBean(name = "larderConsole")
  ServletRegistrationBean<ConsoleServlet> larderConsole(
      Larder larder, ConsoleSettings settings, LarderProperties properties) {
    String path = properties.console().path();
    ServletRegistrationBean<ConsoleServlet> console = new ServletRegistrationBean<>(
        new ConsoleServlet(larder.management(), settings), path + "/*");
    console.setName("larderConsole");
    console.setAsyncSupported(true);
    // Its history begins with the application, not with the first visitor.
    console.setLoadOnStartup(1);
    if (settings.isOpen()) {
      logger.info(
          "Larder '{}': the console is at {}/, actions {}",
          properties.keyPrefix(),
          path,
          settings.allowsActions() ? "on" : "off");
    } else {
      logger.warn(
          "Larder '{}': the console at {}/ is closed: set larder.console.token or"
              + " larder.console.role to open it",
          properties.keyPrefix(),
          path);
    }
    return console;
  }

  /** Its streams never end by themselves: a server that shuts down gracefully would wait for them. */
  @Bean
  @ConditionalOnBean(name = "larderConsole")
  ApplicationListener<ContextClosedEvent> larderConsoleEnd(
      ServletRegistrationBean<ConsoleServlet> larderConsole) {
    ConsoleServlet servlet = Objects.requireNonNull(larderConsole.getServlet());
    return closed -> servlet.destroy();
  }
}
