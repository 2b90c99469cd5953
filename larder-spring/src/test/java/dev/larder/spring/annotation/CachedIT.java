package dev.larder.spring.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.Stories.Story;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.core.publisher.Mono;

/** The annotations, on one node's L1 and on two nodes that share a real Redis. */
class CachedIT {

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static EmbeddedRedis redis;
  private final String prefix = "stories" + PREFIXES.incrementAndGet();
  private Node one;
  private @Nullable Node other;
  private static volatile @Nullable Object user;
  private static volatile Object tenant = "acme";

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void reset() {
    Stories.reset();
    user = "ann";
    tenant = "acme";
  }

  @AfterEach
  void close() {
    one.close();
    if (other != null) {
      other.close();
    }
  }

  /** One process. */
  private final class Node implements AutoCloseable {
    private final AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext();
    private final Stories target = new Stories();
    final Stories stories;

    Node(boolean isShared) {
      context.registerBean(Larder.class, () -> {
        var builder = Larder.builder().keyPrefix(prefix).tierTimeout(Duration.ofSeconds(10));
        return (isShared ? builder.redis(redis.uri()) : builder).build();
      });
      context.registerBean(
          CachePolicies.class,
          () -> new CachePolicies(Map.of(), Map.of("long", Duration.ofHours(1)), name -> null));
      context.registerBean(CallerIdentity.class, () -> new CallerIdentity() {
        @Override
        public @Nullable Object user() {
          return user;
        }

        @Override
        public Object tenant() {
          return tenant;
        }
      });
      context.registerBean(Stories.class, () -> target);
      context.register(LarderAnnotations.class);
      context.refresh();
      stories = context.getBean(Stories.class);
      target.self = stories;
    }

    int calls() {
      return target.calls.get();
    }

    void catchUp() {
      assertThat(context.getBean(Larder.class).catchUp().toCompletableFuture().join())
          .isTrue();
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private void nodes(boolean isShared) {
    one = new Node(isShared);
    other = isShared ? new Node(true) : null;
  }

  private Node second() {
    return other == null ? one : other;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cached_runsTheMethodOnceAndTagsEndIt(boolean isShared) {
    nodes(isShared);
    List<Story> stories = one.stories.byAuthor(7);
    assertThat(stories).hasSize(2);
    assertThat(second().stories.byAuthor(7)).isEqualTo(stories);
    assertThat(one.calls() + second().calls()).isEqualTo(isShared ? 1 : 2 * 1);
    one.stories.retitle(1, 7, "changed");
    second().catchUp();
    assertThat(second().stories.byAuthor(7)).extracting(Story::title).contains("changed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidates_ofAMethodThatThrows_endsNothing(boolean isShared) {
    nodes(isShared);
    one.stories.byAuthor(7);
    assertThatIllegalArgumentException().isThrownBy(() -> one.stories.retitle(1, 7, ""));
    one.stories.byAuthor(7);
    assertThat(one.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cachedAll_loadsOnlyWhatIsMissingAndSharesWithTheSingleMethod(boolean isShared) {
    nodes(isShared);
    one.stories.find(1);
    assertThat(second().stories.findAll(Set.of(1L, 2L, 99L))).containsOnlyKeys(1L, 2L);
    assertThat(second().target.bulk).containsExactly(Set.of(2L, 99L));
    assertThat(one.stories.find(2)).isEqualTo(Stories.SOURCE.get(2L));
    assertThat(one.calls()).isEqualTo(1);
    one.stories.retitle(3, 7, "moved to another author");
    second().catchUp();
    second().stories.findAll(Set.of(2L));
    assertThat(second().target.bulk).endsWith(Set.of(2L));
    assertThat(one.stories.listAll(List.of(3L, 1L))).extracting(Story::id).containsExactly(3L, 1L);
    one.stories.listAll(List.of(1L, 2L));
    assertThat(one.target.bulk).endsWith(List.of(2L));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writes_isReadEverywhereWithoutALoad(boolean isShared) {
    nodes(isShared);
    one.stories.find(1);
    second().stories.find(1);
    int before = one.calls() + second().calls();
    one.stories.save(new Story(1, 7, "written"));
    second().catchUp();
    assertThat(one.stories.find(1)).extracting(Story::title).isEqualTo("written");
    assertThat(second().stories.find(1)).extracting(Story::title).isEqualTo("written");
    assertThat(one.calls() + second().calls()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidatesAll_onlyIfTheConditionHolds(boolean isShared) {
    nodes(isShared);
    one.stories.find(1);
    one.stories.clear(false);
    one.stories.find(1);
    assertThat(one.calls()).isEqualTo(1);
    one.stories.clear(true);
    one.stories.find(1);
    assertThat(one.calls()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidatesPrefix_endsTheKeysThatBeginWithIt(boolean isShared) {
    nodes(isShared);
    one.stories.shelf(7, 1);
    one.stories.shelf(7, 2);
    one.stories.shelf(77, 1);
    one.stories.clearShelf(7);
    second().catchUp();
    second().stories.shelf(77, 1);
    assertThat(one.calls() + (isShared ? second().calls() : 0)).isEqualTo(3);
    second().stories.shelf(7, 1);
    second().stories.shelf(7, 2);
    assertThat(one.calls() + (isShared ? second().calls() : 0)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothing_isRemembered(boolean isShared) {
    nodes(isShared);
    assertThat(one.stories.find(99)).isNull();
    assertThat(one.stories.find(99)).isNull();
    assertThat(one.stories.title(99)).isEmpty();
    assertThat(one.stories.title(99)).isEmpty();
    assertThat(one.stories.title(1)).contains("one");
    assertThat(second().stories.title(1)).contains("one");
    assertThat(one.calls() + (isShared ? second().calls() : 0)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void streams_areReadToTheirEndAndStored(boolean isShared) {
    nodes(isShared);
    for (int i = 0; i < 2; i++) {
      assertThat(one.stories.titles(List.of(2L, 1L), true)).containsExactly("two", "one");
      assertThat(second().stories.titles(List.of(2L, 1L), true)).containsExactly("two", "one");
    }
    assertThat(one.stories.titles(List.of(2L, 1L), false)).containsExactly("two", "one");
    assertThat(one.calls()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersThatComeLater_areCached(boolean isShared) {
    nodes(isShared);
    for (int i = 0; i < 2; i++) {
      assertThat(one.stories.later(1).toCompletableFuture().join().title()).isEqualTo("one");
      assertThat(one.stories.mono(1).map(Story::title).block()).isEqualTo("one");
      assertThat(one.stories.mono(99).block()).isNull();
      assertThat(one.stories.flux(7).map(Story::id).collectList().block()).containsExactly(1L, 2L);
    }
    assertThat(one.calls()).isEqualTo(4);
    Mono<Story> unasked = one.stories.mono(2);
    assertThat(one.calls()).isEqualTo(4);
    unasked.block();
    assertThat(one.calls()).isEqualTo(5);
    one.context.getBean(Larder.class).invalidateTags("story");
    one.stories.later(1).toCompletableFuture().join();
    one.stories.flux(7).blockLast();
    assertThat(one.calls()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void conditionAndUnless_decideWhatIsStored(boolean isShared) {
    nodes(isShared);
    assertThat(one.stories.guarded(0, "a")).isEqualTo("a");
    assertThat(one.stories.guarded(0, "b")).isEqualTo("b");
    assertThat(one.stories.guarded(1, "longer than ten")).isEqualTo("longer than ten");
    assertThat(one.stories.guarded(1, "short")).isEqualTo("short");
    assertThat(one.stories.guarded(1, "other")).isEqualTo("short");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void userScope_keepsUsersApart(boolean isShared) {
    nodes(isShared);
    assertThat(one.stories.mine("x")).isEqualTo("x");
    user = "bob";
    assertThat(one.stories.mine("x")).isEqualTo("x");
    assertThat(one.calls()).isEqualTo(2);
    user = "ann";
    one.stories.mine("x");
    user = null;
    one.stories.mine("x");
    one.stories.mine("x");
    assertThat(one.calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tenantScope_keepsTenantsApartAndIsSharedByTheirUsers(boolean isShared) {
    nodes(isShared);
    one.stories.ours("x");
    user = "bob";
    one.stories.ours("x");
    assertThat(one.calls()).isEqualTo(1);
    tenant = "umbrella";
    one.stories.ours("x");
    assertThat(one.calls()).isEqualTo(2);
    user = "ann";
    one.stories.ours("x");
    tenant = "acme";
    one.stories.ours("x");
    second().stories.ours("x");
    assertThat(one.calls() + (isShared ? second().calls() : 0)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void capture_endsWithWhatWasRead(boolean isShared) {
    nodes(isShared);
    assertThat(one.stories.page(1)).contains("one");
    one.stories.retitle(1, 7, "changed");
    second().catchUp();
    assertThat(second().stories.page(1)).contains("changed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneCall_isEndedByItsArguments(boolean isShared) {
    nodes(isShared);
    one.stories.title(1);
    one.stories.title(2);
    AnnotatedCaches caches = one.context.getBean(AnnotatedCaches.class);
    Stories stories = one.stories;
    stories.byAuthor(7);
    caches.invalidate(() -> stories.byAuthor(7));
    caches.invalidate(Stories.class, "title", 1L);
    one.stories.title(1);
    one.stories.title(2);
    assertThat(one.calls()).isEqualTo(4);
    stories.byAuthor(7);
    assertThat(one.calls()).isEqualTo(5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(Stories.class, "titel", 1L))
        .withMessageContaining("titel");
  }
}
