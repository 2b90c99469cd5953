package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.connect.Connection;
import dev.larder.cli.connect.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing else names whom to ask, the application's own files do. */
class ApplicationFilesTest {

  @TempDir
  Path folder;

  private Target asked;
  private final Cli cli = new Cli(target -> {
    asked = target;
    return new Connection(new FakeManagement(), () -> {}, List.of());
  });

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    cli.folder = folder;
  }

  private Target ask(String... options) {
    String[] line = new String[options.length + 1];
    line[0] = "status";
    System.arraycopy(options, 0, line, 1, options.length);
    asked = null;
    assertThat(cli.run(line)).as(cli.err).isZero();
    assertThat(cli.out + cli.err).doesNotContain("secret-word");
    return asked;
  }

  private static Target stores(String redis, String database, String prefix) {
    return new Target.Stores(redis, database, prefix);
  }

  @Test
  void stores_ofYaml() throws IOException {
    file("application.yaml", """
        spring:
          data.redis:
            host: cache.example
            port: 6380
            username: ann
            password: secret-word
            database: 3
          datasource:
            url: jdbc:postgresql://db.example/shop
            username: bob
            password: secret-word
        larder:
          keyPrefix: shop
        """);

    assertThat(ask())
        .isEqualTo(stores(
            "redis://ann:secret-word@cache.example:6380/3",
            "jdbc:postgresql://db.example/shop?user=bob&password=secret-word",
            "shop"));
    assertThat(asked.shown())
        .isEqualTo("redis://cache.example:6380/3 and"
            + " jdbc:postgresql://db.example/shop?user=bob&password=…, prefix shop");
  }

  @Test
  void stores_ofProperties_andOwnAddressesBeforeSprings() throws IOException {
    file("src/main/resources/application.properties", """
        spring.data.redis.url=redis://spring:6379
        larder.redis.url=redis://own:6379
        spring.datasource.url=jdbc:h2:mem:shop
        """);

    assertThat(ask()).isEqualTo(stores("redis://own:6379", null, "larder"));
  }

  @Test
  void console_isAskedWhereThereIsOne() throws IOException {
    file("application.properties", """
        server.port=9090
        server.servlet.context-path=/shop
        spring.data.redis.host=localhost
        larder.console.enabled=true
        larder.console.token=${CONSOLE_TOKEN:secret-word}
        """);

    assertThat(((Target.Application) ask()).url()).hasToString("http://localhost:9090/shop/larder");
    assertThat(((Target.Application) asked).token()).isEqualTo("secret-word");
    cli.environment.put("CONSOLE_TOKEN", "other");
    assertThat(((Target.Application) ask()).token()).isEqualTo("other");
  }

  /** Its token is for its own address, and for no other. */
  @Test
  void token_goesToNoOtherAddress() throws IOException {
    file(
        "application.properties",
        "larder.console.enabled=true\nlarder.console.token=secret-word\n");

    assertThat(((Target.Application) ask("--url", "http://other/larder")).token())
        .isNull();
    cli.environment.put("LARDER_URL", "http://other/larder");
    assertThat(((Target.Application) ask()).token()).isNull();
    cli.environment.clear();
    file("larder.yaml", "url: http://other/larder\n");
    assertThat(((Target.Application) ask()).token()).isNull();
  }

  @Test
  void optionsEnvironmentAndLarderYaml_comeBefore() throws IOException {
    file("application.yaml", "spring.data.redis.url: redis://app:6379\n");
    assertThat(ask()).isEqualTo(stores("redis://app:6379", null, "larder"));

    file("larder.yaml", "key-prefix: mine\n");
    assertThat(ask()).isEqualTo(stores("redis://app:6379", null, "mine"));
    file("larder.yaml", "redis: redis://file:6379\n");
    assertThat(ask()).isEqualTo(stores("redis://file:6379", null, "larder"));
    cli.environment.put("REDIS_URL", "redis://env:6379");
    assertThat(ask()).isEqualTo(stores("redis://env:6379", null, "larder"));
    assertThat(ask("--redis", "redis://option:6379"))
        .isEqualTo(stores("redis://option:6379", null, "larder"));
  }

  @Test
  void profiles_partsAndPlaces_overrideAsInSpring() throws IOException {
    file("src/main/resources/application.yaml", """
        spring.data.redis.url: redis://packaged:6379
        larder.key-prefix: packaged
        """);
    file("application.yaml", """
        spring.data.redis.url: redis://plain:6379
        ---
        spring.config.activate.on-profile: prod & !dry
        spring.data.redis.url: redis://prod:6379
        ---
        spring.config.activate.on-profile: [test, stage]
        spring.data.redis.url: redis://stage:6379
        """);
    file("application-eu.properties", "larder.key-prefix=eu\n");
    assertThat(ask()).isEqualTo(stores("redis://plain:6379", null, "packaged"));

    cli.environment.put("SPRING_PROFILES_ACTIVE", "prod,eu");
    assertThat(ask()).isEqualTo(stores("redis://prod:6379", null, "eu"));
    cli.environment.put("SPRING_PROFILES_ACTIVE", "prod,dry");
    assertThat(ask()).isEqualTo(stores("redis://plain:6379", null, "packaged"));
    cli.environment.put("SPRING_PROFILES_ACTIVE", "stage");
    assertThat(ask()).isEqualTo(stores("redis://stage:6379", null, "packaged"));
    cli.environment.clear();
    file("config/application.properties", """
        spring.profiles.active=prod
        #---
        spring.config.activate.on-profile=prod
        larder.key-prefix=near
        """);
    assertThat(ask()).isEqualTo(stores("redis://prod:6379", null, "near"));
  }

  @Test
  void placeholders_takeVariablesPropertiesAndDefaults() throws IOException {
    file("application.properties", """
        host=${REDIS_HOST:${FALLBACK:inner}}
        spring.data.redis.url=redis://${host}:${REDIS_PORT:6379}
        """);
    assertThat(ask()).isEqualTo(stores("redis://inner:6379", null, "larder"));
    cli.environment.put("FALLBACK", "fallback");
    assertThat(ask()).isEqualTo(stores("redis://fallback:6379", null, "larder"));
    cli.environment.put("REDIS_HOST", "env");
    cli.environment.put("REDIS_PORT", "1");
    assertThat(ask()).isEqualTo(stores("redis://env:1", null, "larder"));
    cli.environment.put("SPRING_DATA_REDIS_URL", "redis://variable:2");
    assertThat(ask()).isEqualTo(stores("redis://variable:2", null, "larder"));
  }

  @Test
  void faults_nameThePropertyAndNoValue() throws IOException {
    file("application.properties", "spring.data.redis.url=redis://:secret-word@${HOST}\n");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err)
        .contains("spring.data.redis.url of the application needs ${HOST}, which is not set")
        .doesNotContain("secret-word");

    file("application.properties", "word=secret-word\nspring.data.redis.url=${${word}}\n");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("needs a placeholder").doesNotContain("secret-word");

    file("application.properties", "a=${a}\nspring.data.redis.url=${a}\n");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("a placeholder that does not end");

    file("application.properties", "");
    file("application.yaml", "spring:\n  data: [secret-word\n");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("application.yaml cannot be read").doesNotContain("secret-word");
  }

  @Test
  void filesThatNameNothing_leaveTheQuestion() throws IOException {
    file("application.properties", "spring.application.name=shop\n");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("whom to ask?");
  }
}
