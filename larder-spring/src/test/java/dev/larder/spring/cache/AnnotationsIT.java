package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Spring's annotations, each attribute as Spring documents it, on every layout of tiers. */
class AnnotationsIT extends AnnotatedTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource
  void cacheable_runsOnce(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.find("a")).isEqualTo("a#1");
    assertThat(service.find("a")).isEqualTo("a#1");
    assertThat(service.find("b")).isEqualTo("b#2");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_defaultKeysTakeAllArguments(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findByTwo("a", 1)).isEqualTo("a1#1");
    assertThat(service.findByTwo("a", 2)).isEqualTo("a2#2");
    assertThat(service.findByTwo("a", 1)).isEqualTo("a1#1");
    assertThat(service.findNone()).isEqualTo("none#3");
    assertThat(service.findNone()).isEqualTo("none#3");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_keyAndKeyGenerator(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findByKey("a", new Object())).isEqualTo("a#1");
    assertThat(service.findByKey("a", new Object())).isEqualTo("a#1");
    assertThat(service.findByGenerator("g", new Object())).isEqualTo("g#2");
    assertThat(service.findByGenerator("g", new Object())).isEqualTo("g#2");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_unstableKey_isRefusedAtFirstUse(Layout layout) {
    AnnotatedService service = service(layout);
    target(service).source = key -> "never";

    assertThatThrownBy(() -> service.findByTwoThings(new Object(), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cache \"texts\"")
        .hasMessageContaining("java.lang.Object");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_condition(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findLong("a")).isEqualTo("a#1");
    assertThat(service.findLong("a")).isEqualTo("a#2");
    assertThat(service.findLong("ab")).isEqualTo("ab#3");
    assertThat(service.findLong("ab")).isEqualTo("ab#3");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_unless(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findPublic("secret")).isEqualTo("secret#1");
    assertThat(service.findPublic("secret")).isEqualTo("secret#2");
    assertThat(service.findPublic("open")).isEqualTo("open#3");
    assertThat(service.findPublic("open")).isEqualTo("open#3");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_null_isKept(Layout layout) {
    AnnotatedService service = service(layout);
    target(service).source = key -> {
      target(service).runs.incrementAndGet();
      return null;
    };

    assertThat(service.find("a")).isNull();
    assertThat(service.find("a")).isNull();
    assertThat(target(service).runs).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_exception_arrivesUnwrappedAndIsNotKept(Layout layout) {
    AnnotatedService service = service(layout);

    assertThatThrownBy(() -> service.findOrFail("a"))
        .isInstanceOf(IOException.class)
        .hasMessage("no a");
    assertThatThrownBy(() -> service.findOrFail("a")).isInstanceOf(IOException.class);
    assertThat(target(service).runs).hasValue(2);
    assertThatThrownBy(() -> service.findInStepOrFail("a"))
        .isInstanceOf(IOException.class)
        .hasMessage("no a");
    assertThat(target(service).runs).hasValue(3);
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_optional(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findOptional("a")).contains("a#1");
    assertThat(service.findOptional("a")).contains("a#1");
    target(service).source = key -> {
      target(service).runs.incrementAndGet();
      return null;
    };
    assertThat(service.findOptional("none")).isEqualTo(Optional.empty());
    assertThat(service.findOptional("none")).isEqualTo(Optional.empty());
    assertThat(target(service).runs).hasValue(2);
    assertThat(service.findOptionalIfAny("other")).isEmpty();
    assertThat(service.findOptionalIfAny("other")).isEmpty();
    assertThat(target(service).runs).hasValue(4);
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_inTwoCaches_fillsBothAndFindsInEither(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findInTwo("a")).isEqualTo("a#1");
    service.remove("a");
    assertThat(service.findInTwo("a")).isEqualTo("a#1");
    service.removeFromTwo("a");
    assertThat(service.findInTwo("a")).isEqualTo("a#2");
    assertThat(service.find("a")).isEqualTo("a#2");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_completableFuture(Layout layout) throws Exception {
    AnnotatedService service = service(layout);

    assertThat(service.findLater("a").get(60, TimeUnit.SECONDS)).isEqualTo("a#1");
    assertThat(service.findLater("a").get(60, TimeUnit.SECONDS)).isEqualTo("a#1");
    assertThat(service.findLaterInStep("b").get(60, TimeUnit.SECONDS)).isEqualTo("b#2");
    assertThat(service.findLaterInStep("b").get(60, TimeUnit.SECONDS)).isEqualTo("b#2");
    assertThat(service.findLaterPublic("secret").get(60, TimeUnit.SECONDS)).isEqualTo("secret#3");
    assertThat(service.findLaterPublic("secret").get(60, TimeUnit.SECONDS)).isEqualTo("secret#4");
    assertThatThrownBy(() -> service.failLater("x").get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IOException.class)
        .cause()
        .hasMessage("no x");
    assertThat(target(service).runs).hasValue(5);
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_monoAndFlux(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findMono("a").block(LIMIT)).isEqualTo("a#1");
    assertThat(service.findMono("a").block(LIMIT)).isEqualTo("a#1");
    assertThat(service.findMonoInStep("b").block(LIMIT)).isEqualTo("b#2");
    assertThat(service.findMonoInStep("b").block(LIMIT)).isEqualTo("b#2");
    assertThat(service.findFlux("c").collectList().block(LIMIT)).containsExactly("c#3", "end");
    assertThat(service.findFlux("c").collectList().block(LIMIT)).containsExactly("c#3", "end");
    assertThat(service.findList("d")).containsExactly("d#4", "end");
    assertThat(service.findList("d")).containsExactly("d#4", "end");
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_monoThatIsNotSubscribedTo_readsNothing(Layout layout) {
    AnnotatedService service = service(layout);

    Mono<String> mono = service.findMono("a");

    assertThat(target(service).runs).hasValue(0);
    assertThat(mono.block(LIMIT)).isEqualTo("a#1");
  }

  @ParameterizedTest
  @EnumSource
  void cachePut_replacesWhatIsCached(Layout layout) {
    AnnotatedService service = service(layout);
    assertThat(service.find("a")).isEqualTo("a#1");

    assertThat(service.save("a", "saved")).isEqualTo("saved");

    assertThat(service.find("a")).isEqualTo(layout.keepsPuts() ? "saved" : "a#2");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"L1_DATABASE", "DATABASE"},
      mode = EnumSource.Mode.EXCLUDE)
  void cachePut_conditionAndUnless(Layout layout) {
    AnnotatedService service = service(layout);
    assertThat(service.find("a")).isEqualTo("a#1");

    service.saveSome("a", "x");
    assertThat(service.find("a")).isEqualTo("a#1");
    service.saveSome("a", "secret");
    assertThat(service.find("a")).isEqualTo("a#1");
    service.saveSome("a", "saved");
    assertThat(service.find("a")).isEqualTo("saved");
  }

  @ParameterizedTest
  @EnumSource
  void cacheEvict_keyConditionAllEntries(Layout layout) {
    AnnotatedService service = service(layout);
    service.find("a");
    service.find("kept");

    service.removeSome("kept", "x");
    service.removeSome("a", "x");
    assertThat(service.find("kept")).isEqualTo("kept#2");
    assertThat(service.find("a")).isEqualTo("a#3");

    service.removeAll();
    assertThat(service.find("kept")).isEqualTo("kept#4");
    assertThat(service.find("a")).isEqualTo("a#5");
  }

  @ParameterizedTest
  @EnumSource
  void cacheEvict_beforeInvocation_holdsThoughTheMethodFails(Layout layout) {
    AnnotatedService service = service(layout);
    service.find("a");

    assertThatThrownBy(() -> service.removeThenFail("a")).hasMessage("after");
    assertThat(service.find("a")).isEqualTo("a#1");
    assertThatThrownBy(() -> service.removeAndFail("a")).hasMessage("before");
    assertThat(service.find("a")).isEqualTo("a#2");
    assertThatThrownBy(service::removeAllAndFail).hasMessage("before");
    assertThat(service.find("a")).isEqualTo("a#3");
  }

  @ParameterizedTest
  @EnumSource
  void cacheEvict_ofAFuture_waitsForIt(Layout layout) throws Exception {
    AnnotatedService service = service(layout);
    service.find("a");

    service.removeLater("a").get(60, TimeUnit.SECONDS);

    assertThat(service.find("a")).isEqualTo("a#2");
  }

  @ParameterizedTest
  @EnumSource
  void caching_putAlwaysRunsTheMethodAndFillsBoth(Layout layout) {
    AnnotatedService service = service(layout);

    assertThat(service.findAndPut("a")).isEqualTo("a#1");
    if (layout.keepsPuts()) {
      assertThat(service.find("a")).isEqualTo("a#1");
    }
    target(service).runs.set(1);
    assertThat(service.findAndPut("a")).isEqualTo("a#2");
  }
}
