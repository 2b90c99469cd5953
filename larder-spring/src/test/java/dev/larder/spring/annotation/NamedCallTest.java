package dev.larder.spring.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.Larder;
import dev.larder.UnitOfWork;
import dev.larder.spring.CachePolicies;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The entry of one call ends, named by the call or by its method and arguments. */
class NamedCallTest {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Stories target = new Stories();
  private Stories stories;
  private AnnotatedCaches caches;
  private @Nullable Object user = "ann";

  @BeforeEach
  void start() {
    Stories.reset();
    context.registerBean(Larder.class, () -> Larder.builder().keyPrefix("named").build());
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
        return "acme";
      }
    });
    context.registerBean(Stories.class, () -> target);
    context.register(LarderAnnotations.class);
    context.refresh();
    stories = context.getBean(Stories.class);
    target.self = stories;
    caches = context.getBean(AnnotatedCaches.class);
    stories.title(1);
    stories.title(2);
    stories.find(1);
    stories.find(2);
    target.calls.set(0);
  }

  @AfterEach
  void close() {
    context.close();
  }

  private int loadsOf(Runnable calls) {
    target.calls.set(0);
    calls.run();
    return target.calls.get();
  }

  @Test
  void call_isNotRunAndEndsItsEntryAlone() {
    caches.invalidate(() -> stories.title(1));
    assertThat(target.calls).hasValue(0);
    assertThat(loadsOf(() -> stories.title(2))).isZero();
    assertThat(loadsOf(() -> stories.title(1))).isEqualTo(1);
  }

  @Test
  void call_withAKeyExpression_endsThatKey() {
    caches.invalidate(() -> stories.find(1));
    caches.invalidate(Stories.class, "find", 2L);
    assertThat(target.calls).hasValue(0);
    assertThat(loadsOf(() -> stories.find(1))).isEqualTo(1);
    assertThat(loadsOf(() -> stories.find(2))).isEqualTo(1);
    assertThat(loadsOf(() -> stories.title(1))).isZero();
  }

  @Test
  void call_ofOneUser_leavesTheOthersEntry() {
    stories.mine("x");
    user = "bob";
    stories.mine("x");
    caches.invalidate(() -> stories.mine("x"));
    assertThat(loadsOf(() -> stories.mine("x"))).isEqualTo(1);
    user = "ann";
    assertThat(loadsOf(() -> stories.mine("x"))).isZero();
  }

  @Test
  void call_thatAnswersLater_isNamedToo() {
    stories.later(1).toCompletableFuture().join();
    caches.invalidate(() -> stories.later(1));
    assertThat(loadsOf(() -> stories.later(1).toCompletableFuture().join())).isEqualTo(1);
  }

  @Test
  void call_inAUnitOfWork_endsAtItsCommit() {
    Larder larder = context.getBean(Larder.class);
    UnitOfWork committed = larder.beginUnit();
    caches.invalidate(() -> stories.title(1));
    assertThat(larder.find("Stories.title").orElseThrow().stats().l1Size()).isEqualTo(2);
    committed.commit();
    assertThat(loadsOf(() -> stories.title(1))).isEqualTo(1);
    UnitOfWork undone = larder.beginUnit();
    caches.invalidate(() -> stories.title(2));
    undone.rollback();
    assertThat(loadsOf(() -> stories.title(2))).isZero();
  }

  @Test
  void call_ofNoCachedMethod_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(() -> stories.save(new Stories.Story(9, 9, "nine"))))
        .withMessageContaining("no method with @Cached was called");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(() -> target.title(1)))
        .withMessageContaining("no bean of the application");
  }

  @Test
  void call_andMore_isRefusedAndEndsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(() -> stories.find(1).title()))
        .withMessageContaining("make the call and nothing else");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(() -> stories.title(1).or(() -> stories.title(2))))
        .withMessageContaining("2 cached methods were called");
    assertThat(loadsOf(() -> stories.find(1))).isZero();
    assertThat(loadsOf(() -> stories.title(1))).isZero();
  }

  @Test
  void method_thatIsUnknown_isRefusedWithThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(Stories.class, "titel", 1L))
        .withMessageStartingWith(Stories.class.getName() + " has no method titel with @Cached")
        .withMessageContaining("title(long)");
  }

  @Test
  void arguments_ofOtherTypes_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(Stories.class, "title", 1))
        .withMessageContaining("title(java.lang.Integer)")
        .withMessageContaining("there are [title(long)]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> caches.invalidate(Stories.class, "title"))
        .withMessageContaining("title()");
  }
}
