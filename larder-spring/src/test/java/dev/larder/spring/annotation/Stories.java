package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AliasFor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service that counts how often its source is asked. */
public class Stories {

  /** A story. */
  public record Story(long id, long author, String title) {}

  /** A caching of one domain, in five lines. */
  @Cached(ttl = "5m", scope = CacheScope.USER)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface CachedUserQuery {
    @AliasFor(annotation = Cached.class, attribute = "cache")
    String value();
  }

  static final Map<Long, Story> SOURCE = new ConcurrentHashMap<>();

  final AtomicInteger calls = new AtomicInteger();
  final List<Collection<Long>> bulk = new ArrayList<>();

  static void reset() {
    SOURCE.clear();
    SOURCE.put(1L, new Story(1, 7, "one"));
    SOURCE.put(2L, new Story(2, 7, "two"));
    SOURCE.put(3L, new Story(3, 8, "three"));
  }

  private List<Story> of(long author) {
    calls.incrementAndGet();
    return SOURCE.values().stream().filter(story -> story.author() == author).toList();
  }

  @Cached(
      cache = "by-author",
      ttl = "5m",
      tags = {"story", "author:#{#authorId}"})
  public List<Story> byAuthor(long authorId) {
    return of(authorId);
  }

  @Cached(
      cache = "story",
      key = "#id",
      ttl = "long",
      tags = "#{#result == null ? {} : {'author:' + #result.author}}")
  public @Nullable Story find(long id) {
    calls.incrementAndGet();
    return SOURCE.get(id);
  }

  @CachedAll(cache = "story", tags = "author:#{#result.author}")
  public Map<Long, Story> findAll(Set<Long> ids) {
    bulk.add(ids);
    Map<Long, Story> found = new LinkedHashMap<>();
    ids.forEach(id -> {
      Story story = SOURCE.get(id);
      if (story != null) {
        found.put(id, story);
      }
    });
    return found;
  }

  @CachedAll(cache = "story-list", id = "#result.id")
  public List<Story> listAll(List<Long> ids) {
    bulk.add(ids);
    return ids.stream().map(SOURCE::get).toList();
  }

  @Writes(cache = "story", key = "#story.id")
  public Story save(Story story) {
    SOURCE.put(story.id(), story);
    return story;
  }

  @Invalidates(tags = "author:#{#author}")
  @Invalidates(cache = "story", key = "#id")
  public void retitle(long id, long author, String title) {
    if (title.isEmpty()) {
      throw new IllegalArgumentException("no title");
    }
    SOURCE.put(id, new Story(id, author, title));
  }

  @Invalidates(cache = "story", all = true, condition = "#really")
  public void clear(boolean really) {}

  @Cached
  public Optional<String> title(long id) {
    calls.incrementAndGet();
    return Optional.ofNullable(SOURCE.get(id)).map(Story::title);
  }

  @Cached
  public Stream<String> titles(Collection<Long> ids, boolean sorted) {
    calls.incrementAndGet();
    return ids.stream().map(id -> SOURCE.get(id).title());
  }

  @Cached(cache = "later", tags = "story")
  public CompletionStage<Story> later(long id) {
    calls.incrementAndGet();
    return CompletableFuture.supplyAsync(() -> SOURCE.get(id));
  }

  @Cached(cache = "mono")
  public Mono<Story> mono(long id) {
    calls.incrementAndGet();
    return Mono.fromSupplier(() -> SOURCE.get(id));
  }

  @Cached(cache = "flux", tags = "story")
  public Flux<Story> flux(long author) {
    return Flux.fromIterable(of(author));
  }

  @Cached(cache = "guarded", key = "#id", condition = "#id > 0", unless = "#result.length() > 10")
  public String guarded(long id, String value) {
    calls.incrementAndGet();
    return value;
  }

  @CachedUserQuery("mine")
  public String mine(String who) {
    calls.incrementAndGet();
    return who;
  }

  @Cached(cache = "shelf", key = "{#author, #page}")
  public String shelf(long author, int page) {
    calls.incrementAndGet();
    return author + "/" + page;
  }

  @Invalidates(cache = "shelf", prefix = "#author")
  public void clearShelf(long author) {}

  @Cached(cache = "ours", scope = CacheScope.TENANT)
  public String ours(String what) {
    calls.incrementAndGet();
    return what;
  }

  @Cached(cache = "page", capture = true)
  public String page(long id) {
    return "page of " + self.find(id);
  }

  Stories self = this;
}
