package dev.larder.showcase.web;

import dev.larder.Larder;
import dev.larder.console.ConsoleServlet;
import dev.larder.console.ConsoleSettings;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;

/**
 * The console of a system's larder at {@code /larder/}, for whoever knows {@code showcase.console.token}.
 * Mounted by hand, since one of the systems does without the starter.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("showcase.console.token")
class ConsoleConfiguration {

  @Bean
  ServletRegistrationBean<ConsoleServlet> larderConsole(Larder larder, Environment environment) {
    ConsoleSettings settings = ConsoleSettings.builder()
        .token(environment.getRequiredProperty("showcase.console.token"))
        .allowActions(true)
        .tokenSeesValues(true)
        .build();
    ServletRegistrationBean<ConsoleServlet> console = new ServletRegistrationBean<>(
        new ConsoleServlet(larder.management(), settings), "/larder/*");
    console.setName("larderConsole");
    console.setAsyncSupported(true);
    console.setLoadOnStartup(1);
    return console;
  }

  /** Its streams never end by themselves, and the server would wait for them. */
  @Bean
  ApplicationListener<ContextClosedEvent> larderConsoleEnd(
      ServletRegistrationBean<ConsoleServlet> larderConsole) {
    ConsoleServlet servlet = Objects.requireNonNull(larderConsole.getServlet());
    return closed -> servlet.destroy();
  }
}
