package dev.larder.web.spring;

import dev.larder.Larder;
import dev.larder.TimeSource;
import dev.larder.testkit.FakeTime;
import dev.larder.web.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A server of {@link Script} with Spring Security, in time that a test moves. */
final class ScriptedServer implements AutoCloseable {

  /** The time that the filter goes by: that of the larder. */
  @Configuration(proxyBeanMethods = false)
  static class Time {
    @Bean
    TimeSource time() {
      return time.get();
    }

    static final ThreadLocal<FakeTime> time = new ThreadLocal<>();
  }

  final FakeTime time = new FakeTime();
  final Larder larder = Larder.builder().keyPrefix("web").time(time).build();
  final TestServer http;

  ScriptedServer(List<String> settings, Class<?>... more) {
    Time.time.set(time);
    List<Class<?>> parts = new ArrayList<>(List.of(Script.class, OpenSecurity.class, Time.class));
    parts.addAll(List.of(more));
    http = TestServer.start(larder, settings, parts.toArray(Class<?>[]::new));
  }

  @Override
  public void close() {
    http.close();
    larder.close();
  }
}
