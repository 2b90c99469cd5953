package dev.larder.boottests.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.boottests.graphql.Catalogue.Artist;
import dev.larder.spring.graphql.LarderDataLoaders;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import jakarta.servlet.Filter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Two instances of an application with a GraphQL schema, over HTTP, on a real PostgreSQL and Redis. */
@ExtendWith(OutputCaptureExtension.class)
class GraphQlIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static EmbeddedPostgreSql postgresql;
  private static EmbeddedRedis redis;
  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext other;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(CatalogueController.class)
  static class Application {

    @Bean
    Catalogue catalogue(JdbcClient database) {
      return new Catalogue(database);
    }

    @Bean
    Cache<Long, Artist> artists(Larder larder, Catalogue catalogue, BatchLoaderRegistry registry) {
      Cache<Long, Artist> artists = larder.cache(
          "artist",
          CachePolicy.of(Long.class, Artist.class)
              .tags((id, artist) -> List.of("artist:" + id))
              .build());
      registry
          .forTypePair(Long.class, Artist.class)
          .registerMappedBatchLoader(LarderDataLoaders.mapped(artists, catalogue::artists));
      return artists;
    }

    /** Stands for a login. */
    @Bean
    Filter login() {
      return (request, response, chain) -> {
        String user = ((jakarta.servlet.http.HttpServletRequest) request).getHeader("X-User");
        if (user != null) {
          SecurityContextHolder.setContext(new SecurityContextImpl(
              UsernamePasswordAuthenticationToken.authenticated(user, "", List.of())));
        }
        try {
          chain.doFilter(request, response);
        } finally {
          SecurityContextHolder.clearContext();
        }
      };
    }
  }

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
    redis = EmbeddedRedis.start();
    String url = postgresql.newDatabase().url();
    one = application(url);
    other = application(url);
    JdbcClient database = one.getBean(JdbcClient.class);
    database.sql("create table artists (id bigint primary key, name text)").update();
    database
        .sql("create table albums (id bigint primary key, title text, artist_id bigint,"
            + " rating double precision, plays int)")
        .update();
  }

  private static ConfigurableApplicationContext application(String url) {
    return new SpringApplication(Application.class)
        .run(
            "--server.port=0",
            "--spring.graphql.schema.locations=classpath:shop/",
            "--spring.datasource.url=" + url,
            "--spring.jpa.open-in-view=false",
            "--spring.reactor.context-propagation=auto",
            "--larder.key-prefix=graphql",
            "--larder.tier-timeout=10s",
            "--larder.log-timeout=10s",
            "--larder.start-timeout=60s",
            "--REDIS_URL=" + redis.uri());
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
    redis.close();
    postgresql.close();
  }

  @BeforeEach
  void fill() {
    JdbcClient database = one.getBean(JdbcClient.class);
    database.sql("truncate albums, artists").update();
    database.sql("insert into artists values (1, 'Ada'), (2, 'Bo')").update();
    database
        .sql("insert into albums values (1, 'Air', 1, 4.5, 10), (2, 'Bay', 2, 3.25, 20),"
            + " (3, 'Cove', 1, 5, 30)")
        .update();
    one.getBean(Larder.class).clear();
    catchUp();
    statements(one).set(0);
    statements(other).set(0);
  }

  private static java.util.concurrent.atomic.AtomicInteger statements(
      ConfigurableApplicationContext application) {
    return application.getBean(Catalogue.class).statements();
  }

  private static void catchUp() {
    assertThat(other.getBean(Larder.class).catchUp().toCompletableFuture().join())
        .isTrue();
  }

  private static String ask(ConfigurableApplicationContext application, String document) {
    return ask(application, document, Map.of(), null);
  }

  private static String ask(
      ConfigurableApplicationContext application,
      String document,
      Map<String, Object> variables,
      String user) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:"
            + application.getEnvironment().getProperty("local.server.port") + "/graphql"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(new JsonMapper()
            .writeValueAsString(Map.of("query", document, "variables", variables))));
    if (user != null) {
      request.header("X-User", user);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void response_isStoredOnce_andServedByBothInstancesWithoutSql() {
    String query = "{ albums { title artist { name } } }";
    String first = ask(one, query);
    assertThat(first)
        .isEqualTo("{\"data\":{\"albums\":[{\"title\":\"Air\",\"artist\":{\"name\":\"Ada\"}},"
            + "{\"title\":\"Bay\",\"artist\":{\"name\":\"Bo\"}},"
            + "{\"title\":\"Cove\",\"artist\":{\"name\":\"Ada\"}}]}}");
    assertThat(statements(one)).as("albums, and all artists at once").hasValue(2);
    assertThat(ask(one, query)).isEqualTo(first);
    assertThat(ask(one, "query {\n albums { title, artist { name } } } # laid out otherwise"))
        .isEqualTo(first);
    assertThat(ask(other, query)).isEqualTo(first);
    assertThat(statements(one)).hasValue(2);
    assertThat(statements(other)).hasValue(0);
  }

  @Test
  void response_isEndedOnBothByTheTagsOfItsFields() {
    String query = "query ($id: ID!) { album(id: $id) { title } }";
    for (var each : new ConfigurableApplicationContext[] {one, other}) {
      assertThat(ask(each, query, Map.of("id", "1"), null)).contains("Air");
      assertThat(ask(each, query, Map.of("id", "2"), null)).contains("Bay");
    }
    assertThat(ask(one, "mutation { rename(id: 1, title: \"Aura\") { title } }"))
        .contains("Aura");
    catchUp();
    statements(one).set(0);
    assertThat(ask(one, query, Map.of("id", "1"), null)).contains("Aura");
    assertThat(ask(other, query, Map.of("id", "1"), null)).contains("Aura");
    assertThat(ask(other, query, Map.of("id", "2"), null)).contains("Bay");
    assertThat(statements(one)).hasValue(1);
    assertThat(statements(other)).as("what was not renamed is still there").hasValue(0);
  }

  @Test
  void response_isEndedByTheTagsOfWhatItsFetchersReadInCaches_onWhateverThread() {
    String query = "{ album(id: 1) { plays artist { name } } }";
    assertThat(
            ask(other, "{ album(id: 2) { artist { name } plays } album1: album(id: 1) { plays } }"))
        .as("fills the caches of values, so that the next query finds them in L2")
        .contains("20");
    assertThat(ask(one, query)).contains("10").contains("Ada");
    one.getBean(Catalogue.class).count(1, 11);
    assertThat(ask(one, query)).contains("10");
    one.getBean(Larder.class).invalidateTags("plays:1");
    assertThat(ask(one, query)).contains("11").contains("Ada");
    one.getBean(JdbcClient.class)
        .sql("update artists set name = 'Eve' where id = 1")
        .update();
    one.getBean(Larder.class).invalidateTags("artist:1");
    assertThat(ask(one, query)).contains("Eve");
  }

  @Test
  void response_withAFieldThatSaysNothing_isNotStored_itsCachedValuesAre() {
    String query = "{ albums { rating } }";
    assertThat(ask(one, query)).contains("4.5", "3.25", "5.0");
    assertThat(statements(one)).hasValue(4);
    assertThat(ask(one, query)).contains("4.5", "3.25", "5.0");
    assertThat(statements(one)).as("albums again, ratings not").hasValue(5);
    assertThat(ask(other, query)).contains("4.5", "3.25", "5.0");
    assertThat(statements(other)).hasValue(1);
    one.getBean(Larder.class).invalidateTags("rating:2");
    ask(one, query);
    assertThat(statements(one)).as("albums, and one rating").hasValue(7);
  }

  @Test
  void field_isCachedByItsSourceAndArguments() {
    String two = ask(one, "{ named(title: \"Air\") { fans } }");
    assertThat(ask(one, "{ named(title: \"Air\") { fans } }")).isEqualTo(two);
    assertThat(ask(one, "{ named(title: \"Air\") { fans(first: 2) } }")).isEqualTo(two);
    assertThat(ask(other, "{ named(title: \"Air\") { fans(first: 2) } }")).isEqualTo(two);
    assertThat(ask(one, "{ named(title: \"Air\") { fans(first: 1) } }")).isNotEqualTo(two);
    assertThat(ask(one, "{ named(title: \"Bay\") { fans } }")).contains("fan 2 of Bay");
  }

  @Test
  void controllerMethodWithCached_worksAsAnyBeans() {
    ask(one, "{ named(title: \"Air\") { title } }");
    ask(one, "{ named(title: \"Air\") { id } }");
    assertThat(statements(one)).hasValue(1);
    ask(one, "mutation { rename(id: 2, title: \"Air\") { id } }");
    assertThat(ask(one, "{ named(title: \"Air\") { id } }")).contains("\"2\"");
  }

  @Test
  void response_ofScopeUser_isOfOneUser() {
    String query = "{ me { name } albums { title } }";
    assertThat(ask(one, query, Map.of(), "ann")).contains("ann");
    assertThat(ask(one, query, Map.of(), "ben")).contains("ben");
    assertThat(ask(one, query, Map.of(), "ann")).contains("ann");
    assertThat(ask(other, query, Map.of(), "ben")).contains("ben");
    assertThat(statements(one)).hasValue(2);
    assertThat(statements(other)).hasValue(0);
  }

  @Test
  void publicResponse_whoseFetcherReadsTheSecurityContext_isNotStored_andSaysSo(
      CapturedOutput output) {
    assertThat(ask(one, "{ leaky }", Map.of(), "ann")).contains("for ann");
    assertThat(ask(one, "{ leaky }", Map.of(), "ben")).contains("for ben");
    assertThat(statements(one)).hasValue(2);
    assertThat(output)
        .contains(
            "cache graphql: an entry is not stored: it is of scope PUBLIC and its load read the"
                + " security context");
  }

  /** As on a reactive server: the thread must not block, and the user stands in the context. */
  private static String askWithoutBlocking(String document, String user) {
    ExecutionGraphQlService service = one.getBean(ExecutionGraphQlService.class);
    return Mono.defer(() -> service.execute(new DefaultExecutionGraphQlRequest(
            document, null, null, null, UUID.randomUUID().toString(), Locale.ENGLISH)))
        .map(response -> String.valueOf((Object) response.getData()))
        .subscribeOn(Schedulers.parallel())
        .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(user, "", List.of())))
        .block(Duration.ofSeconds(60));
  }

  @Test
  void reactiveServer_storesWhatItsPublishersReadInCaches() {
    String query = "{ albums { title plays artist { name } } }";
    assertThat(askWithoutBlocking(query, "ann")).contains("Air", "10", "Ada");
    assertThat(statements(one)).as("albums, three plays, all artists").hasValue(5);
    assertThat(askWithoutBlocking(query, "ben")).contains("Air", "10", "Ada");
    assertThat(statements(one)).hasValue(5);
    one.getBean(Catalogue.class).count(1, 11);
    statements(one).set(0);
    one.getBean(Larder.class).invalidateTags("plays:1");
    assertThat(askWithoutBlocking(query, "ann")).contains("11");
    assertThat(statements(one)).as("albums, one play").hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ who }", "{ whoField }"})
  void reactiveServer_keepsUsersApart(String query) {
    for (int i = 0; i < 2; i++) {
      assertThat(askWithoutBlocking(query, "ann")).contains("for ann");
      assertThat(askWithoutBlocking(query, "ben")).contains("for ben");
    }
    assertThat(statements(one)).hasValue(2);
  }

  @Test
  void reactiveServer_publicResponseThatReadsWhoIsAsking_isNotStored() {
    assertThat(askWithoutBlocking("{ leakyLater }", "ann")).contains("for ann");
    assertThat(askWithoutBlocking("{ leakyLater }", "ben")).contains("for ben");
  }

  @Test
  void equalQueries_atTheSameTime_areExecutedOnce() {
    List<CompletableFuture<String>> answers = Stream.generate(() ->
            CompletableFuture.supplyAsync(() -> ask(one, "{ albums { title artist { name } } }")))
        .limit(8)
        .toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).contains("Air", "Ada"));
    assertThat(statements(one)).hasValue(2);
  }

  @Test
  void response_withErrors_isNotStored() {
    String query = "{ broken albums { title } }";
    assertThat(ask(one, query)).contains("errors", "Air");
    assertThat(ask(one, query)).contains("errors", "Air");
    assertThat(statements(one)).hasValue(4);
  }

  @Test
  void invalidDocuments_areAnsweredAsEver() {
    assertThat(ask(one, "{ albums { title ")).contains("InvalidSyntax");
    assertThat(ask(one, "{ albums { nothing } }")).contains("ValidationError");
    assertThat(ask(one, "query ($id: ID!) { album(id: $id) { title } }")).contains("errors");
    assertThat(ask(one, "{ __schema { queryType { name } } }")).contains("Query");
  }
}
