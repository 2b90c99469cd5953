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

/** Whom commands ask: options, then the environment, then larder.yaml. */
class ConnectOptionsTest {

  @TempDir
  Path folder;

  private Target asked;
  private final Cli cli = new Cli(target -> {
    asked = target;
    return new Connection(new FakeManagement(), () -> {}, List.of());
  });

  private Target ask(String... options) {
    String[] line = new String[options.length + 1];
    line[0] = "status";
    System.arraycopy(options, 0, line, 1, options.length);
    cli.folder = folder;
    asked = null;
    assertThat(cli.run(line)).as(cli.err).isZero();
    return asked;
  }

  private void file(String text) throws IOException {
    Files.writeString(folder.resolve("larder.yaml"), text);
  }

  @Test
  void nothing_isWrongUsage() {
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("whom to ask?", "LARDER_URL", "--redis");
  }

  @Test
  void file_thenEnvironment_thenOptions() throws IOException {
    file("url: http://file:1/larder\n");
    assertThat(ask().shown()).isEqualTo("http://file:1/larder");

    cli.environment.put("REDIS_URL", "redis://env:6379");
    assertThat(ask()).isEqualTo(new Target.Stores("redis://env:6379", null, "larder"));

    cli.environment.put("LARDER_URL", "http://env:1/larder/");
    assertThat(ask().shown()).isEqualTo("http://env:1/larder");

    assertThat(ask("--redis", "redis://option:6379", "--key-prefix", "shop"))
        .isEqualTo(new Target.Stores("redis://option:6379", null, "shop"));
    assertThat(ask("--url", "https://option/larder").shown()).isEqualTo("https://option/larder");
  }

  @Test
  void secrets_comeFromEnvironmentOrFiles() throws IOException {
    Files.writeString(folder.resolve("word"), "p@ss/word\n");
    cli.environment.put("REDIS_PASSWORD", "secret-word");

    assertThat(ask(
            "--redis",
            "redis://ann@host:6379",
            "--database",
            "postgres://host/shop",
            "--database-user",
            "ann",
            "--database-password-file",
            "word"))
        .isEqualTo(new Target.Stores(
            "redis://ann:secret-word@host:6379",
            "postgres://ann:p%40ss%2Fword@host/shop",
            "larder"));
    assertThat(asked.shown())
        .isEqualTo("redis://host:6379 and postgres://host/shop, prefix larder");
    assertThat(asked.toString()).doesNotContain("word");
    assertThat(cli.out + cli.err).doesNotContain("secret-word", "p%40ss");

    assertThat(ask("--database", "jdbc:postgresql://host/shop", "--database-password-file", "word"))
        .isEqualTo(new Target.Stores(
            null, "jdbc:postgresql://host/shop?password=p%40ss%2Fword", "larder"));
    assertThat(asked.shown()).doesNotContain("p%40ss");
  }

  @Test
  void addressesOfTheEnvironment_keepTheirOwnSecrets() {
    cli.environment.put("DATABASE_URL", "postgres://ann:her-word@host/shop");
    cli.environment.put("PGPASSWORD", "other-word");
    cli.environment.put("PGUSER", "bob");

    assertThat(ask())
        .isEqualTo(new Target.Stores(null, "postgres://ann:her-word@host/shop", "larder"));
  }

  @Test
  void passwordsInOptions_areRefusedAndNotRepeated() {
    assertThat(cli.run("status", "--redis", "redis://:secret-word@host")).isEqualTo(2);
    assertThat(cli.err).contains("--redis holds a password").doesNotContain("secret-word");
    assertThat(cli.run("status", "--database", "jdbc:postgresql://h/d?user=a&password=secret-word"))
        .isEqualTo(2);
    assertThat(cli.err).contains("--database holds a password").doesNotContain("secret-word");
    assertThat(cli.run("status", "--url", "http://ann:secret-word@host/larder")).isEqualTo(2);
    assertThat(cli.err).contains("--url is http://host/larder").doesNotContain("secret-word");
    assertThat(asked).isNull();
  }

  @Test
  void wrongSettings_areNamed() throws IOException {
    assertThat(cli.run("status", "--url", "http://h/l", "--redis", "redis://h")).isEqualTo(2);
    assertThat(cli.err).contains("--url and --redis exclude each other");
    assertThat(cli.run("status", "--url", "localhost:8080")).isEqualTo(2);
    assertThat(cli.err).contains("--url is localhost:8080, must be http:// or https://");
    assertThat(cli.run("status", "--url", "http://h/l", "--token-file", "nowhere"))
        .isEqualTo(3);

    cli.folder = folder;
    file("redi: redis://host\n");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("unknown key 'redi'", "did you mean redis?");
    file("[: ");
    assertThat(cli.run("status")).isEqualTo(2);
    assertThat(cli.err).contains("larder.yaml cannot be read");
  }
}
