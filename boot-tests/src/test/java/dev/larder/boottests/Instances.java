package dev.larder.boottests;

import dev.larder.testkit.EmbeddedRedis;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Instances of an application that has a Redis and no database: each on a free port of loopback, and
 * patient with slow machines. Closing it closes them all.
 */
public final class Instances implements AutoCloseable {

  private final EmbeddedRedis redis;
  private final Deque<ConfigurableApplicationContext> running = new ArrayDeque<>();

  public Instances(EmbeddedRedis redis) {
    this.redis = redis;
  }

  /** Starts one, with further arguments of its command line. */
  public ConfigurableApplicationContext start(Class<?> application, String... options) {
    Stream<String> arguments = Stream.concat(
        Stream.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName() + ","
                + HibernateJpaAutoConfiguration.class.getName(),
            "--larder.session.enabled=false",
            "--larder.redis.url=" + redis.uri(),
            "--larder.start-timeout=60s",
            "--larder.tier-timeout=20s",
            "--larder.log-timeout=20s"),
        Stream.of(options));
    ConfigurableApplicationContext instance =
        SpringApplication.run(application, arguments.toArray(String[]::new));
    running.push(instance);
    return instance;
  }

  /** Where an instance has a path. */
  public static URI uri(ConfigurableApplicationContext instance, String path) {
    String port = instance.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
