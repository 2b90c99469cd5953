package dev.larder.boottests.graphql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.graphql.CachedResponseField;
import dev.larder.spring.graphql.LarderGraphQl;
import graphql.execution.DataFetcherResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.stereotype.Controller;

/** Directives that can't work stop the start with a sentence that names directive, field and mend. */
class DirectiveFaultsTest {

  private final Larder larder = Larder.builder().build();
  private final GenericApplicationContext beans = new GenericApplicationContext();

  record Album(Long id, String title) {}

  @Controller
  static class Albums {

    @QueryMapping
    Album album() {
      return new Album(1L, "Air");
    }

    @QueryMapping
    List<?> anything() {
      return List.of();
    }

    @QueryMapping
    DataFetcherResult<Album> result() {
      return DataFetcherResult.<Album>newResult().build();
    }

    @QueryMapping
    @CachedResponseField(ttl = "1m")
    Album hinted() {
      return album();
    }

    @SchemaMapping(typeName = "Album")
    String title(Album album) {
      return album.title();
    }

    @SchemaMapping(typeName = "Song")
    String text() {
      return "la";
    }

    @SchemaMapping(typeName = "Album")
    CompletableFuture<Album> next(Album album, DataLoader<Long, Album> albums) {
      return albums.load(album.id() + 1);
    }
  }

  @BeforeEach
  void start() {
    beans.registerBean(Albums.class);
    beans.refresh();
  }

  @AfterEach
  void stop() {
    beans.close();
    larder.close();
  }

  private void build(String schema) {
    AnnotatedControllerConfigurer controllers = new AnnotatedControllerConfigurer();
    controllers.setApplicationContext(beans);
    controllers.afterPropertiesSet();
    GraphQlSource.SchemaResourceBuilder builder = GraphQlSource.schemaResourceBuilder()
        .schemaResources(new ByteArrayResource(schema.getBytes()))
        .configureRuntimeWiring(controllers);
    builder.configureRuntimeWiring(
        new LarderGraphQl(larder, new CachePolicies(Map.of(), Map.of(), name -> null), null));
    builder.build();
  }

  private void refused(String schema, String... says) {
    assertThatThrownBy(() -> build(schema))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(says);
  }

  private static String album(String field) {
    return "type Query { album: Album } type Album { id: ID! " + field + " }";
  }

  @Test
  void rightDirectives_arePassed() {
    build(album("title: String @cached(ttl: \"5m\", tags: [\"album:#{#source.id}\"])"
        + " @cachedResponse(ttl: \"1m\")"));
  }

  @Test
  void ttl_thatIsNoTime() {
    refused(
        album("title: String @cached(ttl: \"soon\")"),
        "@cached on Album.title: ttl \"soon\" is not 1 ms to 366 days; write 5m, 300 (seconds)");
    refused(
        album("title: String @cachedResponse(ttl: \"0\")"),
        "@cachedResponse on Album.title: ttl \"0\" is not 1 ms to 366 days");
  }

  @Test
  void tag_thatIsNoExpressionOrNamesWhatIsNotThere() {
    refused(
        album("title: String @cached(tags: [\"album:#{#source.\"])"),
        "@cached on Album.title: tag \"album:#{#source.\" is no template",
        "write it such as");
    refused(
        album("title(size: Int): String @cached(tags: [\"album:#{#id}\"])"),
        "@cached on Album.title: tag \"album:#{#id}\" names #id, which is not there; there are #size,"
            + " #source, #result");
  }

  @Test
  void source_thatNothingTellsApart() {
    refused(
        "type Query { song: Song } type Song { text: String @cached }",
        "@cached on Song.text: type Song has no field \"id\" to tell its objects apart; name the"
            + " property that does, such as source: \"isbn\"");
  }

  @Test
  void fetcher_thatDoesNotSayWhatIsStored() {
    refused(
        "type Query { anything: [String] @cached }",
        "@cached on Query.anything: its fetcher returns",
        "does not say what is stored; name the classes");
    refused("type Query { result: Album @cached } type Album { id: ID! }", "does not say what");
    refused(
        album("other: String @cached"),
        "@cached on Album.other: its fetcher does not say what type it returns; map the field by a"
            + " controller method");
  }

  @Test
  void fetcher_withADataLoader() {
    refused(
        album("next: Album @cached"),
        "@cached on Album.next: its fetcher uses a DataLoader",
        "LarderDataLoaders.mapped(cache, loader)");
  }

  @Test
  void cacheName_thatIsTakenOrWrong() {
    refused(
        album("title: String @cached(cache: \"t\")")
            .replace("album: Album", "album: Album @cached(cache: \"t\")"),
        ": cache t: there is one of this name already",
        "mend the directive, or larder.caches.t in the configuration");
    refused(
        album("title: String @cached(cache: \"no name\")"),
        "@cached on Album.title: ",
        "mend the directive");
  }

  @Test
  void scope_withoutAnyoneWhoKnowsWhoIsAsking() {
    refused(
        album("title: String @cached(scope: USER)"),
        "@cached on Album.title: scope USER needs to know who is asking; add Spring Security or a bean"
            + " of type dev.larder.spring.annotation.CallerIdentity");
    refused(
        album("title: String @cachedResponse(ttl: \"1m\", scope: TENANT)"),
        "@cachedResponse on Album.title: scope TENANT");
  }

  @Test
  void mutations_interfaces_andTwoHints() {
    refused(
        "type Query { album: String } type Mutation { change: String @cached }",
        "@cached on Mutation.change: a mutation is never cached; take the directive away");
    refused(
        "type Query { album: Album } interface Thing { id: ID! @cachedResponse(ttl: \"1m\") }"
            + " type Album implements Thing { id: ID! }",
        "@cachedResponse on Thing.id: it stands on an interface");
    refused(
        "type Query { hinted: Album @cachedResponse(ttl: \"1m\") } type Album { id: ID! }",
        "@cachedResponse on Query.hinted: its controller method has @CachedResponseField too; keep one");
  }
}
