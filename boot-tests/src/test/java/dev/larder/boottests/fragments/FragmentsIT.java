package dev.larder.boottests.fragments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Two instances of an application with Thymeleaf and Spring Security, over HTTP, on real servers. */
class FragmentsIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static EmbeddedPostgreSql postgresql;
  private EmbeddedRedis redis;
  private ConfigurableApplicationContext one;
  private ConfigurableApplicationContext other;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration",
        "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
        "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
      })
  @EnableWebSecurity
  static class Application {

    @Bean
    ClubPages pages(JdbcClient database) {
      return new ClubPages(database);
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("ada").password("{noop}x").roles("MEMBER").build(),
          User.withUsername("bob").password("{noop}x").roles("MEMBER").build(),
          User.withUsername("cy").password("{noop}x").roles("MEMBER", "CAPTAIN").build());
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  @BeforeAll
  static void startDatabase() {
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stopDatabase() {
    postgresql.close();
  }

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start();
    var database = postgresql.newDatabase();
    one = application(database.url());
    other = application(database.url());
    JdbcClient sql = one.getBean(JdbcClient.class);
    sql.sql("create table club (id bigint primary key, name text)").update();
    sql.sql("create table member (club bigint, name text)").update();
    sql.sql("insert into club values (1, 'Larks & Owls'), (2, 'Owls')").update();
    sql.sql("insert into member values (1, 'Ann')").update();
  }

  private ConfigurableApplicationContext application(String url) {
    return new SpringApplication(Application.class)
        .run(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--spring.main.banner-mode=off",
            "--spring.datasource.url=" + url,
            "--spring.thymeleaf.prefix=classpath:/fragments/",
            "--spring.messages.basename=fragments/messages",
            "--spring.messages.fallback-to-system-locale=false",
            "--larder.key-prefix=fragments" + Math.abs(url.hashCode()),
            "--larder.tier-timeout=10s",
            "--larder.log-timeout=10s",
            "--larder.start-timeout=60s",
            "--larder.session.enabled=false",
            "--REDIS_URL=" + redis.uri());
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
    redis.close();
  }

  private static String get(
      ConfigurableApplicationContext application, String user, String language, long club) {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    String login =
        Base64.getEncoder().encodeToString((user + ":x").getBytes(StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/clubs/" + club))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Basic " + login)
        .header("Accept-Language", language)
        .build();
    HttpResponse<String> response =
        CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static ClubPages pages(ConfigurableApplicationContext application) {
    return application.getBean(ClubPages.class);
  }

  private static void catchUp(ConfigurableApplicationContext application) {
    assertThat(application.getBean(Larder.class).catchUp().toCompletableFuture().join())
        .isTrue();
  }

  @Test
  void usersRolesAndLanguages_areNeverMixed_andAHitAsksNoDatabase() {
    for (int round = 0; round < 2; round++) {
      for (var application : List.of(one, other)) {
        for (String user : List.of("ada", "bob", "cy")) {
          for (String language : List.of("en", "de")) {
            String page = get(application, user, language, 1);
            assertThat(page)
                .contains("<nav><b>" + user + "</b></nav>")
                .contains("<h1>Larks &amp; Owls</h1>")
                .contains(language.equals("de") ? "1 Mitglieder" : "1 members")
                .contains("<li>Ann</li>");
            assertThat(page.contains("edit the team")).isEqualTo(user.equals("cy"));
          }
        }
      }
    }
    assertThat(pages(one).queries()).isEqualTo(2);
    assertThat(pages(other).queries()).isZero();
    assertThat(get(other, "ada", "en", 2)).contains("<h1>Owls</h1>");
  }

  @Test
  void aWriteOnOneInstance_endsTheFragmentsOfTheOther_theOuterByItsInnersTag() {
    get(one, "ada", "en", 1);
    get(other, "ada", "en", 1);
    pages(one).join(1, "Bo");
    catchUp(other);
    assertThat(get(other, "ada", "en", 1)).contains("2 members").contains("<li>Bo</li>");
    pages(other).rename(1, "Swifts");
    catchUp(one);
    assertThat(get(one, "ada", "en", 1)).contains("<h1>Swifts</h1>").contains("<li>Bo</li>");
  }

  @Test
  void aTokenOfAForm_isEachVisitorsOwn() {
    String hers = token(get(one, "ada", "en", 1));
    String his = token(get(one, "bob", "en", 1));
    assertThat(hers).isNotEmpty().isNotEqualTo(his);
    assertThat(one.getBean(Larder.class).stats())
        .filteredOn(cache -> cache.cache().equals("join"))
        .allSatisfy(cache -> assertThat(cache.fills()).isZero());
  }

  private static String token(String page) {
    String field = "name=\"_csrf\" value=\"";
    int at = page.indexOf(field);
    assertThat(at).isPositive();
    return page.substring(at + field.length(), page.indexOf('"', at + field.length()));
  }

  @Test
  void withoutRedis_pagesAreAnswered() {
    get(one, "ada", "en", 1);
    redis.close();
    for (long club : new long[] {1, 2}) {
      assertThat(get(one, "ada", "en", club))
          .contains("<nav><b>ada</b></nav>")
          .contains("Owls</h1>");
      assertThat(get(other, "cy", "en", club)).contains("edit the team").contains("Owls</h1>");
    }
  }
}
