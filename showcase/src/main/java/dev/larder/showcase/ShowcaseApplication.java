package dev.larder.showcase;

import dev.larder.showcase.front.FrontApplication;
import dev.larder.showcase.host.SystemApplication;
import dev.larder.showcase.start.Announcer;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the showcase: applications that run on Larder, in one Tomcat. */
public final class ShowcaseApplication {
  private ShowcaseApplication() {}

  /**
   * Starts the front page and the systems that property {@code showcase.systems} names, all by
   * default; arguments are handed to each.
   */
  public static void main(String[] arguments) {
    run(arguments);
  }

  /** The same; what it returns ends all of them. */
  public static RunningSystems run(String... arguments) {
    SpringApplication front = new SpringApplication(FrontApplication.class);
    front.setLogStartupInfo(false);
    RunningSystems running = new RunningSystems(front.run(arguments));
    try {
      Environment environment = running.front().getEnvironment();
      for (ShowcaseSystems system : systems(environment)) {
        running.add(
            system,
            SystemApplication.mounted(
                    system.application(), (WebServerApplicationContext) running.front())
                .run(arguments));
      }
      boolean announce = environment.getProperty("showcase.announce", Boolean.class, false);
      new Announcer(System.out, announce).ready(running.address().toString());
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private static List<ShowcaseSystems> systems(Environment environment) {
    return environment.containsProperty("showcase.systems")
        ? List.of(environment.getRequiredProperty("showcase.systems", ShowcaseSystems[].class))
        : List.of(ShowcaseSystems.values());
  }
}
