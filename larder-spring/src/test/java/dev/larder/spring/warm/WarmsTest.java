package dev.larder.spring.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.spring.annotation.Cached;
import dev.larder.spring.annotation.LarderAnnotations;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.Warming;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Methods with {@link Warms}, and beans of type {@link WarmPlan}. */
class WarmsTest {

  static class Albums {
    final Map<Long, Integer> loads = new ConcurrentHashMap<>();

    @Cached(cache = "album")
    public String find(long id) {
      loads.merge(id, 1, Integer::sum);
      return "album " + id;
    }
  }

  static class Warmers {
    private final Albums albums;

    Warmers(Albums albums) {
      this.albums = albums;
    }

    @Warms(name = "famous", every = "${warm.every}", onStart = true)
    Stream<Runnable> famous() {
      return Stream.of(1L, 2L, 3L).map(id -> () -> albums.find(id));
    }

    @Warms(cron = "0 0 4 * * *", zone = "Europe/Vienna")
    public Collection<Callable<String>> nightly() {
      return List.of(() -> albums.find(4));
    }

    @Warms(name = "user")
    List<Runnable> user(long id) {
      return List.of(() -> albums.find(id * 10));
    }
  }

  private static AnnotationConfigApplicationContext context(Class<?>... beans) {
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("warm.every", "5m")));
    context.registerBean(Larder.class, () -> Larder.builder().build());
    context.register(LarderAnnotations.class, LarderWarmUps.class);
    for (Class<?> bean : beans) {
      context.registerBean(bean);
    }
    return context;
  }

  private static WarmUp ended(dev.larder.warm.WarmRun run) {
    return run.ended().toCompletableFuture().join();
  }

  @Test
  void annotatedMethods_areDeclaredAndWarmTheCachesOfOthers() {
    try (var context = context(Albums.class, Warmers.class)) {
      context.refresh();
      Warming warming = context.getBean(Larder.class).warming();
      Albums albums = context.getBean(Albums.class);

      assertThat(warming.status())
          .extracting(WarmUp::name, WarmUp::schedule)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("famous", "every 5m"),
              org.assertj.core.groups.Tuple.tuple("Warmers.nightly", "0 0 4 * * *"),
              org.assertj.core.groups.Tuple.tuple("user", ""));
      // That of the start, or the one after it if that has ended.
      assertThat(ended(warming.start("famous")).state()).isEqualTo(State.DONE);
      assertThat(ended(warming.start("Warmers.nightly")).done()).isEqualTo(1);
      assertThat(ended(warming.run("user", 7L)).done()).isEqualTo(1);
      assertThat(albums.find(1)).isEqualTo("album 1");
      assertThat(target(albums)).isEqualTo(Map.of(1L, 1, 2L, 1, 3L, 1, 4L, 1, 70L, 1));
    }
  }

  private static Map<Long, Integer> target(Albums albums) {
    Object target = org.springframework.test.util.AopTestUtils.getTargetObject(albums);
    return ((Albums) target).loads;
  }

  @Test
  void planBeans_areDeclared() {
    try (var context = context()) {
      context.registerBean("plan", WarmPlan.class, () -> {
        Cache<Long, String> cache = context
            .getBean(Larder.class)
            .cache("album", CachePolicy.of(Long.class, String.class).build());
        return WarmPlan.of("albums", cache)
            .keys(List.of(1L, 2L))
            .loader(id -> "v")
            .build();
      });
      context.refresh();

      assertThat(ended(context.getBean(Larder.class).warming().start("albums")).done())
          .isEqualTo(2);
    }
  }

  @Test
  void cron_isDueByItsZone() {
    CronSchedule schedule = CronSchedule.of("0 0 4 * * *", ZoneId.of("Europe/Vienna"));

    assertThat(schedule.next(Instant.parse("2026-01-01T12:00:00Z")))
        .isEqualTo(Instant.parse("2026-01-02T03:00:00Z"));
  }

  static class Keys {
    @Warms
    public List<Long> ids() {
      return List.of(1L);
    }
  }

  static class Twice {
    @Warms(every = "5m", cron = "0 0 4 * * *")
    public List<Runnable> calls() {
      return List.of();
    }
  }

  static class Soon {
    @Warms(every = "soon")
    public List<Runnable> calls() {
      return List.of();
    }
  }

  static class TooOften {
    @Warms(every = "10ms")
    public List<Runnable> calls() {
      return List.of();
    }
  }

  static class NoCron {
    @Warms(cron = "4 am")
    public List<Runnable> calls() {
      return List.of();
    }
  }

  static class NoZone {
    @Warms(cron = "0 0 4 * * *", zone = "Vienna")
    public List<Runnable> calls() {
      return List.of();
    }
  }

  static class TooMany {
    @Warms
    public List<Runnable> calls(long a, long b) {
      return List.of();
    }
  }

  static class ForAUserByTimer {
    @Warms(every = "5m")
    public List<Runnable> calls(long user) {
      return List.of();
    }
  }

  static class TooFast {
    @Warms(perSecond = 0)
    public List<Runnable> calls() {
      return List.of();
    }
  }

  static class NotOnStart {
    @Warms(beforeReady = true)
    public List<Runnable> calls() {
      return List.of();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Keys.class,
        Twice.class,
        Soon.class,
        TooOften.class,
        NoCron.class,
        NoZone.class,
        TooMany.class,
        ForAUserByTimer.class,
        TooFast.class,
        NotOnStart.class
      })
  void whatCannotWork_stopsTheStart(Class<?> bean) {
    String expected = Map.ofEntries(
            Map.entry("Keys", "it returns java.util.List<java.lang.Long>; it has to return"),
            Map.entry("Twice", "every = 5m and cron = 0 0 4 * * *; say one of them"),
            Map.entry("Soon", "every = soon is no time; a number of seconds, or a time such as 5m"),
            Map.entry("TooOften", "every: PT0.01S is not PT1S to P366D"),
            Map.entry("NoCron", "cron = 4 am: "),
            Map.entry("NoZone", "zone = Vienna: "),
            Map.entry("TooMany", "it has 2 parameters; one at most"),
            Map.entry("ForAUserByTimer", "take out every, schedule and onStart"),
            Map.entry("TooFast", "perSecond: 0 is not 1 to 100000"),
            Map.entry("NotOnStart", "beforeReady: needs onStart()"))
        .get(bean.getSimpleName());
    try (var context = context(bean)) {
      assertThatThrownBy(context::refresh)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("@Warms on " + bean.getName() + ".")
          .hasMessageContaining(expected);
    }
  }
}
