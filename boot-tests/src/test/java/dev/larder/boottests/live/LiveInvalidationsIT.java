package dev.larder.boottests.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.boottests.Instances;
import dev.larder.log.Position;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.web.live.LiveGuard;
import dev.larder.web.live.LiveServlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pages listen at two instances of an application, over one real Redis. */
@Timeout(240)
class LiveInvalidationsIT {
  private static final String TAGS = "tag=a&tag=b&tag=c&tag=d";

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final Instances instances = new Instances(redis);
  private final List<Listener> listeners = new ArrayList<>();
  private ConfigurableApplicationContext one;
  private ConfigurableApplicationContext two;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Shop {
    @Bean
    LiveGuard guard() {
      return (request, name) -> Set.of(name);
    }
  }

  @BeforeEach
  void start() {
    one = instance();
    two = instance();
  }

  @AfterEach
  void stop() throws Exception {
    for (Listener listener : listeners) {
      listener.close();
    }
    instances.close();
    redis.close();
  }

  private ConfigurableApplicationContext instance() {
    return instances.start(Shop.class, "--larder.key-prefix=shop", "--larder.web.live.retained=64");
  }

  private Listener listener(ConfigurableApplicationContext at, String lastId) throws Exception {
    Listener listener = Listener.at(Instances.uri(at, "/live?" + TAGS), lastId);
    listeners.add(listener);
    return listener;
  }

  /** A page at the second instance that has heard of something, and so knows where it stands. */
  private Listener pageThatHeard() throws Exception {
    Listener page = listener(two, "");
    endHeardBy(page, "a");
    return page;
  }

  /** A page that has missed nothing of what the instance knows. */
  private Listener currentPage(ConfigurableApplicationContext at) throws Exception {
    return listener(at, larder(at).position().orElseThrow().toString());
  }

  private static Larder larder(ConfigurableApplicationContext of) {
    return of.getBean(Larder.class);
  }

  private static void end(ConfigurableApplicationContext at, String tag) {
    assertThat(larder(at).invalidateTags(tag).position()).isPresent();
  }

  /** Ends a tag at the first instance, which a page hears, wherever it listens. */
  private void endHeardBy(Listener page, String tag) {
    end(one, tag);
    page.hears("data: " + tag);
  }

  /** Closes the connection as a network does, and waits until the instance has found out. */
  private static void breakOff(Listener listener, ConfigurableApplicationContext at)
      throws Exception {
    listener.close();
    LiveServlet servlet = (LiveServlet)
        at.getBean("larderLiveServlet", ServletRegistrationBean.class).getServlet();
    await().atMost(Duration.ofSeconds(60)).until(() -> {
      // It finds out when it next writes.
      larder(at).invalidateTags("a");
      return servlet.streams() == 0;
    });
  }

  @Test
  void pageAtOneInstance_hearsWhatTheOtherInvalidates_andNothingElse() throws Exception {
    Listener page = listener(two, "");
    end(one, "unheard");
    end(one, "b");
    page.hears("event: invalidated", "data: b");
    assertThat(page.lines).doesNotContain("data: unheard", "event: reset");
    larder(one).clear();
    page.hears("event: everything");
  }

  @Test
  void brokenStream_missesNothing_hereAndAtTheOtherInstance() throws Exception {
    Listener page = pageThatHeard();
    String id = page.lastId();
    assertThat(Position.parse(id).log()).startsWith("redis");
    breakOff(page, two);

    end(one, "b");
    end(two, "c");
    for (ConfigurableApplicationContext each : List.of(two, one)) {
      Listener again = listener(each, id);
      again.hears("data: b", "data: c");
      endHeardBy(again, "d");
      assertThat(again.lines).doesNotContain("event: reset");
      assertThat(Position.parse(again.lastId()).sequence())
          .isGreaterThan(Position.parse(id).sequence());
    }
  }

  @Test
  void placeThatIsKeptNoMore_isToldToReadAgain() throws Exception {
    Listener page = pageThatHeard();
    String id = page.lastId();
    page.close();
    for (int i = 0; i < 100; i++) {
      end(one, "b");
    }
    end(two, "c");
    assertThat(larder(two).catchUp().toCompletableFuture().join()).isTrue();
    Listener again = listener(two, id);
    again.hears("event: reset");
    endHeardBy(again, "d");
  }

  /** It has not met what came before it, so it cannot say what a page has missed. */
  @Test
  void instanceThatStartsLater_tellsToReadAgain_butNotThoseWhoHaveMissedNothing() throws Exception {
    Listener page = pageThatHeard();
    String id = page.lastId();
    page.close();
    end(one, "b");
    end(one, "c");
    ConfigurableApplicationContext three = instance();
    listener(three, id).hears("event: reset");

    Listener fresh = currentPage(three);
    endHeardBy(fresh, "d");
    assertThat(fresh.lines).doesNotContain("event: reset");
  }

  /** With the log goes what others may have ended in it: open pages read again, and those that come. */
  @Test
  void logThatIsLost_tellsAllToReadAgain_once() throws Exception {
    Listener page = pageThatHeard();
    String id = page.lastId();
    redis.flush();
    page.hears("event: reset");

    listener(two, id).hears("event: reset");
    Listener fresh = currentPage(two);
    endHeardBy(fresh, "b");
    page.hears("data: b");
    assertThat(fresh.lines).doesNotContain("event: reset");
  }
}
