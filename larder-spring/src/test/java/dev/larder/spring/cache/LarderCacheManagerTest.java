package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.memory.MemoryStore;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How caches get their types, names and policies. */
class LarderCacheManagerTest {

  private final MemoryStore store = MemoryStore.create();
  private final Larder larder = Larder.builder().l2(store).build();

  @AfterEach
  void close() {
    larder.close();
    store.close();
  }

  private LarderCacheManager manager(CachePolicies policies) {
    ValueTypes types = ValueTypes.none();
    types.add(Service.class, new AnnotationCacheOperationSource(false));
    return new LarderCacheManager(larder, policies, () -> types, getClass().getClassLoader());
  }

  private static CachePolicies typed(String cache, String type) {
    return new CachePolicies(
        Map.of(
            cache,
            new CacheSettings(
                type, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null)),
        Map.of(),
        name -> null);
  }

  interface Finder<T> {
    @Cacheable("generic")
    T find(long id);
  }

  record Album(long id) {}

  static class Service implements Finder<Album> {
    @Override
    public Album find(long id) {
      return new Album(id);
    }

    @Cacheable("numbers")
    public long number() {
      return 1;
    }

    @CachePut("numbers")
    public Long putNumber() {
      return 1L;
    }

    @Cacheable("wrapped")
    public Optional<List<Album>> optional() {
      return Optional.empty();
    }

    @Cacheable("wrapped")
    public CompletableFuture<List<Album>> future() {
      return CompletableFuture.completedFuture(List.of());
    }

    @Cacheable("wrapped")
    public Mono<List<Album>> mono() {
      return Mono.empty();
    }

    @Cacheable("wrapped")
    public Flux<Album> flux() {
      return Flux.empty();
    }

    @Cacheable("mixed")
    public String text() {
      return "";
    }

    @Cacheable("mixed")
    public Album album() {
      return new Album(1);
    }

    @Cacheable("anything")
    public Object anything() {
      return 1;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numbers|java.lang.Long",
        "wrapped|java.util.List<dev.larder.spring.cache.LarderCacheManagerTest$Album>",
        "generic|dev.larder.spring.cache.LarderCacheManagerTest$Album",
      })
  void type_isWhatTheMethodsDeclare(String cache, String type) {
    CachePolicy<?, ?> policy =
        manager(CachePolicies.none()).getCache(cache).getNativeCache().policy();

    assertThat(policy.valueType().type().getTypeName()).isEqualTo(type);
    assertThat(policy.tiers()).contains(CacheTier.L2);
  }

  @ParameterizedTest
  @CsvSource({"mixed", "anything", "unknown"})
  void cacheWithoutOneStorableType_isKeptInL1Only(String cache) {
    LarderCache made = manager(CachePolicies.none()).getCache(cache);

    assertThat(made.getNativeCache().policy().tiers()).containsExactly(CacheTier.L1);
    made.put("key", new Object[] {made});
    assertThat(made.get("key").get()).isEqualTo(new Object[] {made});
  }

  @Test
  void configuredType_winsOverTheMethods() {
    CachePolicy<?, ?> policy = manager(
            typed("mixed", "java.util.Map<java.lang.String, java.util.List<java.lang.Long>>"))
        .getCache("mixed")
        .getNativeCache()
        .policy();

    assertThat(policy.valueType().type().getTypeName())
        .isEqualTo("java.util.Map<java.lang.String, java.util.List<java.lang.Long>>");
    assertThat(policy.tiers()).contains(CacheTier.L2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.None|there is no class \"com.acme.None\"",
        "java.util.List<java.lang.String|a '>' is missing",
        "java.util.List<java.lang.String>>|nothing is expected after character",
        "java.lang.String<java.lang.Long>|java.lang.String has 0 type parameters",
        "java.lang.Object|it says nothing about the values",
      })
  void wrongConfiguredType_isRefusedByName(String type, String fault) {
    assertThatThrownBy(() -> manager(typed("album", type)).getCache("album"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("album")
        .hasMessageContaining(fault);
  }

  @Test
  void wrongCache_stopsTheStart() {
    LarderCacheManager manager = manager(typed("mixed", "com.acme.None"));

    assertThatThrownBy(manager::afterSingletonsInstantiated)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("larder.caches.mixed.type=com.acme.None");
  }

  @Test
  void nameOfAnotherCache_isRefused() {
    larder.cache("numbers", CachePolicy.of(Long.class, Long.class).build());

    assertThatThrownBy(() -> manager(CachePolicies.none()).getCache("numbers"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is one of this name already");
  }

  @Test
  void names_mayHaveAnyCharactersAndStayApart() {
    LarderCacheManager manager = manager(CachePolicies.none());
    manager.getCache("a b").put(1, "blank");
    manager.getCache("a/b").put(1, "slash");

    assertThat(manager.getCache("a b").get(1).get()).isEqualTo("blank");
    assertThat(manager.getCache("a/b").get(1).get()).isEqualTo("slash");
    assertThat(manager.getCacheNames()).containsExactly("a b", "a/b");
    assertThat(manager.getCache("a b")).isSameAs(manager.getCache("a b"));
  }

  @Test
  void defaultTtlClass_holdsWhereNothingElseDoes() {
    CachePolicies policies = new CachePolicies(
        Map.of("numbers", CacheSettings.ofTtl(Duration.ofSeconds(7))),
        Map.of("default", Duration.ofSeconds(9)),
        name -> null);
    LarderCacheManager manager = manager(policies);

    assertThat(manager.getCache("numbers").getNativeCache().policy().ttl())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(manager.getCache("generic").getNativeCache().policy().ttl())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void valuesInL2_areReadBackByAnotherNode() {
    LarderCache here = manager(CachePolicies.none()).getCache("wrapped");
    here.get("key", () -> List.of(new Album(7)));

    try (Larder other = Larder.builder().l2(store).build()) {
      ValueTypes types = ValueTypes.none();
      types.add(Service.class, new AnnotationCacheOperationSource(false));
      LarderCache there = new LarderCacheManager(
              other, CachePolicies.none(), () -> types, getClass().getClassLoader())
          .getCache("wrapped");
      assertThat(there.get("key").get()).isEqualTo(List.of(new Album(7)));
    }
  }
}
