package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheScope;
import dev.larder.Loading;
import dev.larder.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a loader says of its entry while it loads. */
class LoadingTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private static Loading current() {
    return Objects.requireNonNull(Loading.current());
  }

  private Cache<String, String> page(Lab.Node node, String name, CacheScope scope) {
    return node.larder.cache(
        name,
        CachePolicy.of(String.class, String.class)
            .jitter(0)
            .ttl(Duration.ofHours(1))
            .scope(scope)
            .capture()
            .build());
  }

  private Cache<String, String> page(Lab.Node node) {
    return page(node, "page", CacheScope.PUBLIC);
  }

  @Test
  void outsideOfALoad_thereIsNone() {
    assertThat(Loading.current()).isNull();
    lab.node().get();
    assertThat(Loading.current()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void tag_endsTheEntryEverywhere(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.cache.get(Lab.KEY, id -> {
      current().tag("named");
      return "v1";
    });
    Lab.Node other = layout.isShared() ? lab.node() : node;
    assertThat(other.cached()).isEqualTo("v1");
    node.larder.invalidateTags("named");
    if (layout.isShared()) {
      other.catchUp();
    }
    assertThat(other.isMissing()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void tag_inABulkLoad_isOfAllItsEntries(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.cache.getAll(List.of(1L, 2L), ids -> {
      current().tag("named");
      return Map.of(1L, "v1", 2L, "v2");
    });
    node.larder.invalidateTags("named");
    assertThat(node.cache.get(1L)).isInstanceOf(Lookup.Miss.class);
    assertThat(node.cache.get(2L)).isInstanceOf(Lookup.Miss.class);
  }

  @ParameterizedTest
  @EnumSource
  void ttl_shortensTheLife(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.cache.get(Lab.KEY, id -> {
      current().ttl(Duration.ofMinutes(1)).ttl(Duration.ofMinutes(2));
      return "v1";
    });
    lab.time.advance(Duration.ofSeconds(59));
    if (layout.isShared()) {
      node.catchUp();
    }
    assertThat(node.cached()).isEqualTo("v1");
    lab.time.advance(Duration.ofSeconds(1));
    if (layout.isShared()) {
      node.catchUp();
    }
    assertThat(node.isMissing()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void doNotStore_storesNothingAndGivesTheLeaseBack(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    assertThat(node.cache.get(Lab.KEY, id -> {
          current().doNotStore("it is mine");
          return "mine";
        }))
        .isEqualTo("mine");
    assertThat(node.get()).isEqualTo("v1");
  }

  /** One who waits for a load that turns out to be another's alone gets a value of his own. */
  @Test
  void doNotStore_isNotSharedWithThoseWhoWait() throws Exception {
    Lab.Node node = lab.node();
    Thread[] waiter = new Thread[1];
    String[] got = new String[1];
    node.cache.get(Lab.KEY, id -> {
      waiter[0] = new Thread(() -> got[0] = node.cache.get(id, ignored -> "his"));
      waiter[0].start();
      while (node.cache.stats().waits() == 0) {
        Thread.onSpinWait();
      }
      current().doNotStore("it is mine");
      return "mine";
    });
    waiter[0].join();
    assertThat(got[0]).isEqualTo("his");
  }

  /** A page is built from an album; the album's tag ends the page, on every node. */
  @ParameterizedTest
  @EnumSource
  void capture_takesTheTagsOfWhatIsRead(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    Cache<String, String> pages = page(node);
    // Once loaded inside the page's own load, once a hit of any tier.
    for (String key : List.of("first", "second")) {
      assertThat(pages.get(key, ignored -> "page of " + node.get())).isEqualTo("page of v1");
    }
    Lab.Node other = layout.isShared() ? lab.node() : node;
    Cache<String, String> theirs = layout.isShared() ? page(other) : pages;
    assertThat(theirs.get("first").orNull()).isEqualTo("page of v1");
    if (layout.isShared()) {
      assertThat(theirs.get("third", ignored -> "page of " + other.get())).isEqualTo("page of v1");
    }
    node.larder.invalidateTags("of:v");
    if (layout.isShared()) {
      other.catchUp();
    }
    assertThat(theirs.get("first")).isInstanceOf(Lookup.Miss.class);
    assertThat(pages.get("second")).isInstanceOf(Lookup.Miss.class);
    assertThat(theirs.get("third")).isInstanceOf(Lookup.Miss.class);
  }

  /** Clearing the cache of what was read ends the page too. */
  @ParameterizedTest
  @EnumSource
  void capture_takesTheCacheOfWhatIsRead(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    Cache<String, String> pages = page(node);
    pages.get("first", ignored -> "page of " + node.get());
    node.cache.clear();
    assertThat(pages.get("first")).isInstanceOf(Lookup.Miss.class);
    if (layout.isShared()) {
      assertThat(page(lab.node()).get("first")).isInstanceOf(Lookup.Miss.class);
    }
  }

  @Test
  void withoutCapture_thereIsNothingTaken() {
    Lab.Node node = lab.node();
    Cache<String, String> plain = node.larder.cache(
        "plain", CachePolicy.of(String.class, String.class).jitter(0).build());
    plain.get("a", ignored -> "page of " + node.get());
    node.larder.invalidateTags("of:v");
    assertThat(plain.get("a").orNull()).isEqualTo("page of v1");
  }

  /** What reads who is asking does not go into an entry for everybody. */
  @Test
  void readIdentity_keepsAPublicEntryOut() {
    Lab.Node node = lab.node();
    Cache<String, String> all = page(node, "all", CacheScope.PUBLIC);
    Cache<String, String> tenants = page(node, "tenant", CacheScope.TENANT);
    Cache<String, String> users = page(node, "user", CacheScope.USER);
    for (Cache<String, String> cache : List.of(all, tenants, users)) {
      cache.get("a", ignored -> {
        Loading.readIdentity("principal", CacheScope.USER);
        return "of Ann";
      });
    }
    assertThat(all.get("a")).isInstanceOf(Lookup.Miss.class);
    assertThat(tenants.get("a")).isInstanceOf(Lookup.Miss.class);
    assertThat(users.get("a").orNull()).isEqualTo("of Ann");
  }

  /** A cache of one user's values makes whatever is built from it his too. */
  @Test
  void readingAUsersCache_keepsAPublicEntryOut() {
    Lab.Node node = lab.node();
    Cache<String, String> all = page(node, "all", CacheScope.PUBLIC);
    Cache<String, String> users = page(node, "user", CacheScope.USER);
    for (int i = 0; i < 2; i++) {
      all.get("page", ignored -> users.get("ann", name -> "of Ann"));
      assertThat(all.get("page")).isInstanceOf(Lookup.Miss.class);
    }
  }

  @Test
  void tag_thatCouldBeTakenForACaptureIsRefused() {
    Lab.Node node = lab.node();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.cache.get(Lab.KEY, id -> {
          current().tag("\u0001cx");
          return "v1";
        }))
        .withMessageContaining("U+0001");
  }

  /** Ways to read an entry whose answer comes on a thread of its own. */
  enum Read {
    ONE {
      @Override
      CompletionStage<?> of(Cache<Long, String> cache) {
        return cache.async().get(Lab.KEY, id -> CompletableFuture.supplyAsync(() -> "v1"));
      }
    },
    MANY {
      @Override
      CompletionStage<?> of(Cache<Long, String> cache) {
        return cache
            .async()
            .getAll(
                List.of(Lab.KEY),
                ids -> CompletableFuture.supplyAsync(() -> Map.of(Lab.KEY, "v1")));
      }
    },
    LOOK {
      @Override
      CompletionStage<?> of(Cache<Long, String> cache) {
        return cache.async().get(Lab.KEY);
      }
    };

    abstract CompletionStage<?> of(Cache<Long, String> cache);
  }

  @ParameterizedTest
  @EnumSource
  void capture_takesOverWhatWasReadBelowL1Asynchronously(Read read) {
    lab = new Lab(Layout.L1_L2);
    Lab.Node filler = lab.node();
    filler.cache.get(Lab.KEY, id -> {
      current().tag("inner");
      return "v1";
    });
    Lab.Node node = lab.node();
    Cache<String, String> pages = page(node);
    pages
        .async()
        .get("p", key -> read.of(node.cache).thenApply(value -> "page of " + value))
        .toCompletableFuture()
        .join();
    assertThat(pages.get("p")).isInstanceOf(Lookup.Hit.class);
    node.larder.invalidateTags("inner");
    assertThat(pages.get("p")).isInstanceOf(Lookup.Miss.class);
  }

  @ParameterizedTest
  @EnumSource(Read.class)
  void capture_takesOverWhatWasLoadedAsynchronously(Read read) {
    lab = new Lab(Layout.L1_L2);
    Lab.Node node = lab.node();
    Cache<String, String> pages = page(node);
    pages
        .async()
        .get("p", key -> read.of(node.cache).thenApply(value -> "page of " + value))
        .toCompletableFuture()
        .join();
    assertThat(pages.get("p")).isInstanceOf(Lookup.Hit.class);
    node.cache.clear();
    // What was looked for and not found leaves no entry to depend on.
    assertThat(pages.get("p"))
        .isInstanceOf(read == Read.LOOK ? Lookup.Hit.class : Lookup.Miss.class);
  }

  @Test
  void bind_takesTheLoadAlongToAnotherThread() {
    lab = new Lab(Layout.L1);
    Lab.Node node = lab.node();
    node.cache.get(Lab.KEY, id -> {
      current().tag("inner");
      return "v1";
    });
    Cache<String, String> pages = page(node);
    pages
        .async()
        .get("p", key -> {
          Loading loading = current();
          return CompletableFuture.supplyAsync(() -> {
            assertThat(Loading.current()).isNull();
            try (var bound = loading.bind()) {
              assertThat(Loading.current()).isSameAs(loading);
              return node.get();
            } finally {
              assertThat(Loading.current()).isNull();
            }
          });
        })
        .toCompletableFuture()
        .join();
    node.larder.invalidateTags("inner");
    assertThat(pages.get("p")).isInstanceOf(Lookup.Miss.class);
  }

  @Test
  void bind_whereTheLoadIsUnderWayChangesNothing() {
    Cache<String, String> pages = page(lab.node());
    pages.get("outer", key -> {
      Loading outer = current();
      return page(lab.node(), "other", CacheScope.PUBLIC).get("inner", inner -> {
        Loading innermost = current();
        try (var bound = outer.bind()) {
          assertThat(Loading.current()).isSameAs(innermost);
        }
        assertThat(Loading.current()).isSameAs(innermost);
        return "v";
      });
    });
    assertThat(Loading.current()).isNull();
  }
}
