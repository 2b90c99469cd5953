package dev.larder.boottests.graphql;

import dev.larder.boottests.graphql.Catalogue.Album;
import dev.larder.boottests.graphql.Catalogue.Artist;
import dev.larder.spring.annotation.Cached;
import dev.larder.spring.graphql.CachedResponseField;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.dataloader.DataLoader;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The fields that are fetched. */
@Controller
public class CatalogueController {

  record Person(String name) {}

  private final Catalogue catalogue;
  private final AtomicInteger fans = new AtomicInteger();

  CatalogueController(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @QueryMapping
  public Album album(@Argument long id) {
    return catalogue.album(id);
  }

  /** Says in Java what the others say in the schema. */
  @QueryMapping
  @CachedResponseField(ttl = "5m", tags = "albums")
  public List<Album> albums() {
    return catalogue.albums();
  }

  /** Cached as any bean's method. */
  @QueryMapping
  @Cached(cache = "named", tags = "albums")
  public List<Album> named(@Argument String title) {
    return catalogue.albums().stream()
        .filter(album -> album.title().equals(title))
        .toList();
  }

  @QueryMapping
  public Person me() {
    return new Person(SecurityContextHolder.getContext().getAuthentication().getName());
  }

  @QueryMapping
  public String leaky() {
    catalogue.statements().incrementAndGet();
    return "for " + SecurityContextHolder.getContext().getAuthentication().getName();
  }

  /** Names the user as a reactive application knows him. */
  @QueryMapping
  public Mono<String> who() {
    catalogue.statements().incrementAndGet();
    return ReactiveSecurityContextHolder.getContext()
        .map(context -> "for " + context.getAuthentication().getName());
  }

  @QueryMapping
  public Mono<String> whoField() {
    return who();
  }

  @QueryMapping
  public Mono<String> leakyLater() {
    return who();
  }

  @QueryMapping
  public String broken() {
    catalogue.statements().incrementAndGet();
    throw new IllegalStateException("no");
  }

  @MutationMapping
  public Album rename(@Argument long id, @Argument String title) {
    return catalogue.rename(id, title);
  }

  @SchemaMapping
  public CompletableFuture<Artist> artist(Album album, DataLoader<Long, Artist> artists) {
    return artists.load(album.artistId());
  }

  @SchemaMapping
  public double rating(Album album) {
    return catalogue.rating(album.id());
  }

  /** Reads a cache on a thread that has nothing to do with the request. */
  @SchemaMapping
  public Mono<Integer> plays(Album album) {
    return Mono.fromCallable(() -> catalogue.plays(album.id()))
        .subscribeOn(Schedulers.boundedElastic());
  }

  @SchemaMapping
  public Flux<String> fans(Album album, @Argument int first) {
    return Flux.range(1, first)
        .map(i -> "fan " + i + " of " + album.title() + ", " + fans.incrementAndGet());
  }
}
