package dev.larder.spring.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheScope;
import dev.larder.Larder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Spring Security's user: one user's value never gets into an entry for all. */
class SecurityTest {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private Greetings greetings;

  /** Greets whoever asks. */
  static class Greetings {

    final AtomicInteger calls = new AtomicInteger();

    private String who() {
      calls.incrementAndGet();
      Authentication who = SecurityContextHolder.getContext().getAuthentication();
      return "hello " + who.getName();
    }

    @Cached(cache = "careless")
    public String careless(long id) {
      return who();
    }

    /** Takes the context along as a filter would, and puts it back. */
    @Cached(cache = "carrying")
    public String carrying(long id, boolean asks) {
      var holder = SecurityContextHolder.getContextHolderStrategy();
      Supplier<SecurityContext> deferred = holder.getDeferredContext();
      String who = asks ? deferred.get().getAuthentication().getName() : "";
      holder.setDeferredContext(deferred);
      return who + calls.incrementAndGet();
    }

    @Cached(cache = "mine", scope = CacheScope.USER)
    public String mine(long id) {
      return who();
    }

    /** Takes a context along without looking into it, or looks into it on another thread. */
    @Cached(cache = "deferring")
    public String deferring(boolean looks) {
      calls.incrementAndGet();
      Supplier<SecurityContext> deferred = SecurityContextHolder.getDeferredContext();
      return looks
          ? "hello "
              + CompletableFuture.supplyAsync(deferred)
                  .join()
                  .getAuthentication()
                  .getName()
          : "hello";
    }

    /** Hands a context on to another thread, which asks there. */
    @Cached(cache = "handing")
    public String handing() {
      Supplier<SecurityContext> deferred = SecurityContextHolder.getDeferredContext();
      return CompletableFuture.supplyAsync(() -> {
            SecurityContextHolder.setDeferredContext(deferred);
            try {
              return who();
            } finally {
              SecurityContextHolder.clearContext();
            }
          })
          .join();
    }

    private Mono<String> whoAsks() {
      return ReactiveSecurityContextHolder.getContext()
          .map(who -> {
            calls.incrementAndGet();
            return "hello " + who.getAuthentication().getName();
          })
          .defaultIfEmpty("hello nobody");
    }

    @Cached(cache = "careless-later")
    public Mono<String> carelessLater(long id) {
      return whoAsks();
    }

    @Cached(cache = "mine-later", scope = CacheScope.USER)
    public Mono<String> mineLater(long id) {
      return whoAsks();
    }

    @Cached(cache = "all-mine-later", scope = CacheScope.USER)
    public Flux<String> allMineLater(long id) {
      return whoAsks().flux();
    }

    public int calls() {
      return calls.get();
    }
  }

  @BeforeEach
  void start() {
    context.registerBean(
        Larder.class, () -> Larder.builder().keyPrefix("security").build());
    context.registerBean(Greetings.class);
    context.register(LarderAnnotations.class);
    context.refresh();
    greetings = context.getBean(Greetings.class);
  }

  @AfterEach
  void close() {
    SecurityContextHolder.clearContext();
    context.close();
  }

  private static void logIn(String name) {
    SecurityContextHolder.setContext(
        new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
            name, "", AuthorityUtils.NO_AUTHORITIES)));
  }

  @Test
  void publicEntryWhoseLoadAsksWhoItIs_isNotStored() {
    logIn("ann");
    assertThat(greetings.careless(1)).isEqualTo("hello ann");
    logIn("bob");
    assertThat(greetings.careless(1)).isEqualTo("hello bob");
  }

  @Test
  void contextThatIsCarriedAndNotAsked_isNotRead() {
    logIn("ann");
    assertThat(greetings.carrying(1, false)).isEqualTo(greetings.carrying(1, false));
    assertThat(greetings.carrying(1, true)).isNotEqualTo(greetings.carrying(1, true));
  }

  @Test
  void contextTakenAlong_countsAsReadWhenItIsLookedInto() {
    logIn("ann");
    greetings.deferring(false);
    logIn("bob");
    greetings.deferring(false);
    assertThat(greetings.calls()).isEqualTo(1);
    logIn("ann");
    assertThat(greetings.deferring(true)).isEqualTo("hello ann");
    logIn("bob");
    assertThat(greetings.deferring(true)).isEqualTo("hello bob");
  }

  @Test
  void contextHandedToAnotherThread_countsForTheLoadThatTookIt() {
    logIn("ann");
    greetings.handing();
    logIn("bob");
    assertThat(greetings.handing()).isEqualTo("hello bob");
  }

  @Test
  void entryOfAUser_isStoredForThatUserAlone() {
    logIn("ann");
    greetings.mine(1);
    assertThat(greetings.mine(1)).isEqualTo("hello ann");
    assertThat(greetings.calls()).isEqualTo(1);
    logIn("bob");
    assertThat(greetings.mine(1)).isEqualTo("hello bob");
    assertThat(greetings.calls()).isEqualTo(2);
  }

  private static <T> T as(String name, Mono<T> asked) {
    return asked
        .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                name, "", AuthorityUtils.NO_AUTHORITIES)))
        .block();
  }

  @Test
  void entryOfAUser_onAReactiveServer_isStoredForThatUserAlone() {
    assertThat(as("ann", greetings.mineLater(1))).isEqualTo("hello ann");
    assertThat(as("ann", greetings.mineLater(1))).isEqualTo("hello ann");
    assertThat(greetings.calls()).isEqualTo(1);
    assertThat(as("bob", greetings.mineLater(1))).isEqualTo("hello bob");
    assertThat(as("ann", greetings.allMineLater(1).collectList())).containsExactly("hello ann");
    assertThat(as("bob", greetings.allMineLater(1).collectList())).containsExactly("hello bob");
    assertThat(greetings.mineLater(1).block()).isEqualTo("hello nobody");
  }

  @Test
  void entryOfAUser_subscribedToElsewhere_isThatOfTheCall() throws InterruptedException {
    logIn("ann");
    Mono<String> asked = greetings.mineLater(1);
    SecurityContextHolder.clearContext();
    asked.subscribeOn(Schedulers.boundedElastic()).block();
    logIn("bob");
    as("bob", greetings.mineLater(1));
    assertThat(greetings.calls()).isEqualTo(1);
  }

  @Test
  void publicEntryWhoseLoadAsksWhoItIs_onAReactiveServer_isNotStored() {
    assertThat(as("ann", greetings.carelessLater(1))).isEqualTo("hello ann");
    assertThat(as("bob", greetings.carelessLater(1))).isEqualTo("hello bob");
  }

  /** Visitors who are not logged in are one visitor, not a user of that name. */
  @Test
  void anonymousVisitors_shareAnEntryOfTheirOwn() {
    SecurityContextHolder.setContext(new SecurityContextImpl(new AnonymousAuthenticationToken(
        "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))));
    greetings.mine(1);
    greetings.mine(1);
    assertThat(greetings.calls()).isEqualTo(1);
    logIn("anonymousUser");
    greetings.mine(1);
    assertThat(greetings.calls()).isEqualTo(2);
  }
}
