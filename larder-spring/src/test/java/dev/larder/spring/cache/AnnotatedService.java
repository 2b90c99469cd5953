package dev.larder.spring.cache;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each attribute of Spring's annotations once, on methods that say how often they ran. */
@CacheConfig(cacheNames = "texts")
class AnnotatedService {

  final AtomicInteger runs = new AtomicInteger();

  /** Runs inside every method, with its argument; tests make it wait, write or fail. */
  volatile Function<Object, Object> source = key -> key + "#" + runs.incrementAndGet();

  private String read(Object key) {
    return (String) source.apply(key);
  }

  @Cacheable
  public String find(String id) {
    return read(id);
  }

  @Cacheable
  public String findByTwo(String artist, long year) {
    return read(artist + year);
  }

  @Cacheable
  public String findByTwoThings(Object unstable, String id) {
    return read(id);
  }

  @Cacheable
  public String findNone() {
    return read("none");
  }

  @Cacheable(key = "#p0")
  public String findByKey(String id, Object ignored) {
    return read(id);
  }

  @Cacheable(keyGenerator = "firstArgument")
  public String findByGenerator(String id, Object ignored) {
    return read(id);
  }

  @Cacheable(condition = "#id.length() > 1")
  public String findLong(String id) {
    return read(id);
  }

  @Cacheable(unless = "#result.startsWith('secret')")
  public String findPublic(String id) {
    return read(id);
  }

  @Cacheable(sync = true)
  public String findInStep(String id) {
    return read(id);
  }

  @Cacheable
  public String findOrFail(String id) throws IOException {
    runs.incrementAndGet();
    throw new IOException("no " + id);
  }

  @Cacheable(sync = true)
  public String findInStepOrFail(String id) throws IOException {
    runs.incrementAndGet();
    throw new IOException("no " + id);
  }

  @Cacheable
  public Optional<String> findOptional(String id) {
    return Optional.ofNullable(read(id));
  }

  @Cacheable(unless = "#result == null")
  public Optional<String> findOptionalIfAny(String id) {
    return Optional.ofNullable(read(id));
  }

  @Cacheable({"texts", "copies"})
  public String findInTwo(String id) {
    return read(id);
  }

  @Cacheable
  public CompletableFuture<String> findLater(String id) {
    return CompletableFuture.supplyAsync(() -> read(id));
  }

  @Cacheable(sync = true)
  public CompletableFuture<String> findLaterInStep(String id) {
    return CompletableFuture.supplyAsync(() -> read(id));
  }

  @Cacheable(unless = "#result.startsWith('secret')")
  public CompletableFuture<String> findLaterPublic(String id) {
    return CompletableFuture.supplyAsync(() -> read(id));
  }

  @Cacheable
  public CompletableFuture<String> failLater(String id) {
    runs.incrementAndGet();
    return CompletableFuture.failedFuture(new IOException("no " + id));
  }

  @Cacheable
  public Mono<String> findMono(String id) {
    return Mono.fromSupplier(() -> read(id));
  }

  @Cacheable(sync = true)
  public Mono<String> findMonoInStep(String id) {
    return Mono.fromSupplier(() -> read(id));
  }

  @Cacheable(cacheNames = "lists")
  public Flux<String> findFlux(String id) {
    return Flux.defer(() -> Flux.just(read(id), "end"));
  }

  @Cacheable(cacheNames = "lists", key = "'list ' + #id")
  public List<String> findList(String id) {
    return List.of(read(id), "end");
  }

  @CachePut(key = "#id")
  public String save(String id, String text) {
    return text;
  }

  @CachePut(key = "#id", condition = "#text.length() > 1", unless = "#result == 'secret'")
  public String saveSome(String id, String text) {
    return text;
  }

  @CacheEvict
  public void remove(String id) {}

  @CacheEvict(key = "#id", condition = "#id != 'kept'")
  public void removeSome(String id, Object ignored) {}

  @CacheEvict(allEntries = true)
  public void removeAll() {}

  @CacheEvict
  public void removeThenFail(String id) {
    throw new IllegalStateException("after");
  }

  @CacheEvict(beforeInvocation = true)
  public void removeAndFail(String id) {
    throw new IllegalStateException("before");
  }

  @CacheEvict(allEntries = true, beforeInvocation = true)
  public void removeAllAndFail() {
    throw new IllegalStateException("before");
  }

  @Caching(
      cacheable = @Cacheable(cacheNames = "copies", key = "#id"),
      put = @CachePut(cacheNames = "texts", key = "#id"))
  public String findAndPut(String id) {
    return read(id);
  }

  @Caching(evict = {@CacheEvict("texts"), @CacheEvict("copies")})
  public void removeFromTwo(String id) {}

  @CacheEvict
  public CompletableFuture<String> removeLater(String id) {
    return CompletableFuture.supplyAsync(() -> id);
  }
}
