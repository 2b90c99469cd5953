package dev.larder.spring.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** DataLoaders over a cache: what they ask the source for, and that nothing stale is stored. */
class DataLoadersTest {

  private final Larder larder = Larder.builder().build();
  private final Cache<Long, String> cache = larder.cache(
      "artist",
      CachePolicy.of(Long.class, String.class)
          .jitter(0)
          .ttl(Duration.ofHours(1))
          .build());
  private final Map<Long, String> source = new ConcurrentHashMap<>(Map.of(1L, "Ada", 2L, "Bo"));
  private final List<Set<Long>> asked = new ArrayList<>();
  private Runnable during = () -> {};

  @AfterEach
  void close() {
    larder.close();
  }

  private Map<Long, String> load(Set<Long> ids) {
    asked.add(Set.copyOf(ids));
    Map<Long, String> found = new HashMap<>(source);
    found.keySet().retainAll(ids);
    during.run();
    return found;
  }

  private DataLoader<Long, String> loader() {
    return DataLoaderFactory.newDataLoader(
        ids -> {
          throw new AssertionError("the value cache answers every key");
        },
        DataLoaderOptions.newOptions()
            .setValueCache(LarderValueCache.of(cache, this::load))
            .build());
  }

  private static List<String> ask(DataLoader<Long, String> loader, Long... ids) {
    CompletableFuture<List<String>> values = loader.loadMany(List.of(ids));
    loader.dispatch();
    return values.join();
  }

  @Test
  void valueCache_asksOnceForWhatIsMissing_andDataLoadersShareIt() {
    assertThat(ask(loader(), 1L, 3L)).containsExactly("Ada", null);
    assertThat(ask(loader(), 1L, 2L)).containsExactly("Ada", "Bo");
    assertThat(asked).containsExactly(Set.of(1L, 3L), Set.of(2L));
  }

  @Test
  void valueCache_neverStoresWhatWasReadBeforeAnInvalidation() {
    during = () -> {
      source.put(1L, "Eve");
      cache.invalidate(1L);
    };
    assertThat(ask(loader(), 1L)).containsExactly("Ada");
    during = () -> {};
    assertThat(ask(loader(), 1L)).containsExactly("Eve");
  }

  @Test
  void valueCache_setStoresNothing_deleteAndClearEndEntries() {
    LarderValueCache<Long, String> values = LarderValueCache.of(cache, this::load);
    values.set(1L, "old").join();
    values.setValues(List.of(2L), List.of("old")).join();
    assertThat(cache.get(1L)).isInstanceOf(Lookup.Miss.class);
    assertThat(cache.get(2L)).isInstanceOf(Lookup.Miss.class);
    ask(loader(), 1L, 2L);
    values.delete(1L).join();
    assertThat(cache.get(1L)).isInstanceOf(Lookup.Miss.class);
    assertThat(cache.get(2L)).isInstanceOf(Lookup.Hit.class);
    values.clear().join();
    assertThat(cache.get(2L)).isInstanceOf(Lookup.Miss.class);
  }

  @Test
  void valueCache_failureReachesTheCallers_andNothingIsStored() {
    during = () -> {
      throw new IllegalStateException("no source");
    };
    assertThatThrownBy(() -> ask(loader(), 1L)).hasRootCauseMessage("no source");
    during = () -> {};
    assertThat(ask(loader(), 1L)).containsExactly("Ada");
    assertThat(asked).hasSize(2);
  }

  @Test
  void mapped_readsThroughTheCache() {
    var now = LarderDataLoaders.mapped(cache, this::load);
    assertThat(now.apply(Set.of(1L, 3L), null).block()).isEqualTo(Map.of(1L, "Ada"));
    var later = LarderDataLoaders.<Long, String>mappedLater(
        cache, ids -> CompletableFuture.supplyAsync(() -> load(ids)));
    assertThat(later.apply(Set.of(1L, 2L), null).block()).isEqualTo(Map.of(1L, "Ada", 2L, "Bo"));
    assertThat(asked).containsExactly(Set.of(1L, 3L), Set.of(2L));
  }
}
