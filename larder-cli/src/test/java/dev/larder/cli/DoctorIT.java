package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.connect.Connection;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import org.junit.jupiter.api.Test;

/** {@code larder doctor} on real servers. */
class DoctorIT {

  private final Cli cli = new Cli(Connection::open);

  @Test
  void doctor_looksAtEachStore() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start()) {
      String database = postgresql.newDatabase().url();
      cli.environment.put("DATABASE_URL", database);
      cli.run("setup", "--url", database);

      int status = cli.run("doctor", "--redis", redis.uri());

      assertThat(status).as(cli.out + cli.err).isZero();
      assertThat(cli.out)
          .contains("redis at " + redis.uri(), "postgresql at ")
          .containsPattern("ok +version")
          .containsPattern("ok +latency|warning +latency")
          .doesNotContain("fault");
      assertThat(cli.run("doctor", "--redis", redis.uri(), "-o", "json")).isZero();
      assertThat(cli.out).contains("\"schema\" : 1", "\"findings\"", "\"level\" : \"OK\"");

      redis.command("config", "set", "maxmemory", "100mb");
      redis.command("config", "set", "maxmemory-policy", "allkeys-random");
      cli.run("doctor", "--redis", redis.uri());
      assertThat(cli.out).contains("allkeys-random", "→");
    }
  }

  @Test
  void doctor_storeThatDoesNotAnswer_isUnreachable() {
    assertThat(cli.run("doctor", "--redis", "redis://localhost:1")).isEqualTo(4);
    assertThat(cli.out)
        .containsPattern("fault +connection +the server does not answer: "
            + "(nothing listens there|redis localhost:1: not connected yet)")
        .doesNotContain("Exception", "$");
    assertThat(cli.run("doctor", "--database", "postgres://localhost:1/shop")).isEqualTo(4);
    assertThat(cli.out)
        .containsPattern("fault +connection +the .* does not answer: ")
        .doesNotContain("Exception");
  }

  @Test
  void doctor_looksAtStores_thoughAnApplicationIsNamedForOtherCommands() {
    cli.environment.put("LARDER_URL", "http://localhost:1/larder");
    cli.environment.put("REDIS_URL", "redis://localhost:1");
    assertThat(cli.run("doctor")).isEqualTo(4);
    assertThat(cli.out).contains("redis at redis://localhost:1");
  }

  @Test
  void doctor_ofAnApplication_isWrongUsage() {
    assertThat(cli.run("doctor", "--url", "http://localhost:1/larder")).isEqualTo(2);
    assertThat(cli.err).contains("doctor looks at stores");
  }
}
