package dev.larder.showcase;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** The front page and the systems beside it. Used by one thread. */
public final class RunningSystems implements AutoCloseable {
  private final ConfigurableApplicationContext front;
  private final Map<ShowcaseSystems, ConfigurableApplicationContext> systems =
      new EnumMap<>(ShowcaseSystems.class);
  private final Deque<ConfigurableApplicationContext> started = new ArrayDeque<>();

  RunningSystems(ConfigurableApplicationContext front) {
    this.front = front;
    started.push(front);
  }

  void add(ShowcaseSystems system, ConfigurableApplicationContext context) {
    systems.put(system, context);
    started.push(context);
  }

  /** Whose Tomcat it is. */
  ConfigurableApplicationContext front() {
    return front;
  }

  /** One of the systems. */
  public ConfigurableApplicationContext context(ShowcaseSystems system) {
    return Objects.requireNonNull(systems.get(system), system::title);
  }

  /** Where all of them answer, without a slash at the end. */
  public URI address() {
    return URI.create(
        "http://127.0.0.1:" + front.getEnvironment().getProperty("local.server.port"));
  }

  /** Ends them, the last started first. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
