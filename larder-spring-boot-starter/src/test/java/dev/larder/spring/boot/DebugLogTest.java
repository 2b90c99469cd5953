package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What {@code logging.level.dev.larder.cache=debug} writes. */
class DebugLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.larder.cache");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  private List<String> lines(LarderBuilder builder) {
    try (Larder larder = builder.keyPrefix("log").build()) {
      Cache<Long, String> albums = larder.cache(
          "album",
          CachePolicy.of(Long.class, String.class)
              .ttl(Duration.ofMinutes(5))
              .jitter(0)
              .build());
      albums.get(1L, id -> "a");
      albums.get(1L, id -> "b");
      albums.put(2L, "c");
      albums.getAll(List.of(1L, 3L), ids -> java.util.Map.of(3L, "d"));
    }
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static final String[] LINES = {
    "MISS log:album:v1:1L",
    "SET log:album:v1:1L (ttl 300.0 s)",
    "HIT log:album:v1:1L",
    "SET log:album:v1:2L (ttl 300.0 s)",
    "HIT log:album:v1:1L",
    "MISS log:album:v1:3L",
    "SET log:album:v1:3L (ttl 300.0 s)"
  };

  @Test
  void lookupsAndFills_areWritten_ofL1Alone() {
    assertThat(lines(Larder.builder())).containsExactly(LINES);
  }

  /** One line for an entry, however many tiers keep it. */
  @Test
  void lookupsAndFills_areWritten_ofTwoTiers() {
    try (MemoryStore store = MemoryStore.builder().name("shared").build()) {
      assertThat(lines(Larder.builder().l2(store))).containsExactly(LINES);
    }
  }
}
