package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spring's annotations under many threads, overtaken by writers, and on two applications. */
class AnnotationRacesIT extends AnnotatedTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource
  void cacheable_byManyThreads_loadsOnceWithAndWithoutSync(Layout layout) throws Exception {
    AnnotatedService service = service(layout);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    open.add(threads::shutdownNow);
    for (String id : List.of("sync", "plain")) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> {
          start.await();
          return id.equals("sync") ? service.findInStep(id) : service.find(id);
        }));
      }
      start.countDown();
      String first = answers.get(0).get(60, TimeUnit.SECONDS);
      for (Future<String> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(first);
      }
    }
    assertThat(target(service).runs).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_overtakenByAnEviction_isNotKept(Layout layout) {
    AnnotatedService service = service(layout);
    target(service).source = key -> {
      // The value is read; then the source changes and a writer evicts, before the method returns.
      String old = key + "#" + target(service).runs.incrementAndGet();
      if (old.endsWith("#1")) {
        CompletableFuture.runAsync(() -> service.remove((String) key)).join();
      }
      return old;
    };

    assertThat(service.find("a")).isEqualTo("a#1");
    assertThat(service.find("a")).isEqualTo("a#2");
    assertThat(service.find("a")).isEqualTo("a#2");
  }

  @ParameterizedTest
  @EnumSource
  void cacheableInTwo_overtakenByClear_isNotKept(Layout layout) {
    AnnotatedService service = service(layout);
    target(service).source = key -> {
      String old = key + "#" + target(service).runs.incrementAndGet();
      if (old.endsWith("#1")) {
        CompletableFuture.runAsync(() -> {
              service.removeAll();
              service.removeFromTwo((String) key);
            })
            .join();
      }
      return old;
    };

    assertThat(service.findInTwo("a")).isEqualTo("a#1");
    assertThat(service.findInTwo("a")).isEqualTo("a#2");
  }

  @ParameterizedTest
  @EnumSource
  void cacheableLater_overtakenByAnEviction_isNotKept(Layout layout) throws Exception {
    AnnotatedService service = service(layout);
    target(service).source = key -> {
      String old = key + "#" + target(service).runs.incrementAndGet();
      if (old.endsWith("#1") || old.endsWith("#3")) {
        CompletableFuture.runAsync(() -> service.remove((String) key)).join();
      }
      return old;
    };

    assertThat(service.findLater("a").get(60, TimeUnit.SECONDS)).isEqualTo("a#1");
    assertThat(service.findLater("a").get(60, TimeUnit.SECONDS)).isEqualTo("a#2");
    assertThat(service.findMono("m").block(LIMIT)).isEqualTo("m#3");
    assertThat(service.findMono("m").block(LIMIT)).isEqualTo("m#4");
    assertThat(service.findMono("m").block(LIMIT)).isEqualTo("m#4");
  }

  @ParameterizedTest
  @EnumSource(names = "L1", mode = EnumSource.Mode.EXCLUDE)
  void twoContexts_loadOnceAndHearOfEvictions(Layout layout) throws Exception {
    AnnotatedApplication here = new AnnotatedApplication(layout, prefix);
    open.add(here);
    AnnotatedApplication there = new AnnotatedApplication(layout, prefix);
    open.add(there);
    CountDownLatch isLoading = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    here.target().source = key -> {
      isLoading.countDown();
      await(mayReturn);
      return "from here";
    };
    there.target().source = key -> "from there";

    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(() -> here.service().findInStep("a"));
    assertThat(isLoading.await(60, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(() -> there.service().findInStep("a"));
    mayReturn.countDown();

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("from here");
    assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo("from here");
    here.service().remove("a");
    there.catchUp();
    assertThat(there.service().find("a")).isEqualTo("from there");
    here.catchUp();
    assertThat(here.service().find("a")).isEqualTo("from there");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
