package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.Lookup;
import dev.larder.TierUnavailableException;
import dev.larder.manage.ManagementException;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What real stores hold of people: encrypted values, and nothing after an erasure. */
class PrivateDataIT extends OnRedis {

  private static final String DIARY = "dear diary, nobody may read this";
  private static final byte[] SECRET = bytes("a secret of thirty-two bytes: 01");
  private static final byte[] OTHER = bytes("a secret of thirty-two bytes: 02");

  private static EmbeddedPostgreSql postgresql;

  private EmbeddedPostgreSql.Database database;

  @BeforeAll
  static void startPostgresql() {
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stopPostgresql() {
    postgresql.close();
  }

  @BeforeEach
  void newDatabase() {
    database = postgresql.newDatabase();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Larder larder(UnaryOperator<LarderBuilder> options) {
    return opened.add(options
        .apply(builder().keyPrefix("people").database(database.dataSource()))
        .build());
  }

  private static CachePolicyBuilder<Long, String> policy() {
    return CachePolicy.of(Long.class, String.class)
        .ttl(Duration.ofHours(1))
        .keyTags(id -> List.of("user:" + id));
  }

  private static Cache<Long, String> encrypted(Larder larder) {
    return larder.cache("diary", policy().encrypted().compressAbove(0).build());
  }

  private static String slot(long id) {
    return "people:diary:v1:" + id + "L";
  }

  private static String raw(String slot) {
    return redis.command("GET", slot);
  }

  private String text(String query) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getString(1);
    } catch (SQLException failure) {
      throw new AssertionError(query, failure);
    }
  }

  private Lookup<String> read(UnaryOperator<LarderBuilder> options) {
    return encrypted(larder(options)).get(1L);
  }

  @Test
  void encryptedValue_isReadByNodesWithTheSecretAlone() {
    encrypted(larder(it -> it.valueSecret(SECRET))).get(1L, id -> DIARY);
    assertThat(raw(slot(1))).isNotEmpty().doesNotContain("diary, nobody");

    assertThat(read(it -> it.valueSecret(SECRET)))
        .isEqualTo(new Lookup.Hit<>(DIARY, CacheTier.L2, false));
    assertThat(read(it -> it.valueSecret(OTHER, SECRET)))
        .as("after a change of secrets")
        .isEqualTo(new Lookup.Hit<>(DIARY, CacheTier.L2, false));
    assertThat(read(it -> it.valueSecret(OTHER))).isInstanceOf(Lookup.Miss.class);
  }

  @Test
  void encryptedValue_isEncryptedInTheDatabaseToo() {
    Larder larder = larder(it -> it.valueSecret(SECRET));
    larder
        .cache(
            "diary",
            policy().encrypted().compressAbove(0).tiers(CacheTier.DATABASE).build())
        .get(1L, id -> DIARY);
    assertThat(text("SELECT encode(body, 'escape') FROM larder.entry WHERE body IS NOT NULL"))
        .isNotEmpty()
        .doesNotContain("diary, nobody");
  }

  @Test
  void unencryptedValue_isNotReadByACacheThatEncrypts_norTheOtherWayRound() {
    Larder plain = larder(it -> it);
    Cache<Long, String> open = plain.cache("diary", policy().build());
    open.get(1L, id -> DIARY);
    assertThat(raw(slot(1))).contains("diary, nobody");
    assertThat(read(it -> it.valueSecret(SECRET))).isInstanceOf(Lookup.Miss.class);
    encrypted(larder(it -> it.valueSecret(SECRET))).get(2L, id -> DIARY);
    assertThat(open.get(2L)).isInstanceOf(Lookup.Miss.class);
  }

  @Test
  void packedValue_isEncryptedToo() {
    String longDiary = DIARY.repeat(2_000);
    Larder writer = larder(it -> it.valueSecret(SECRET));
    writer.cache("diary", policy().encrypted().compressAbove(100).build()).get(1L, id -> longDiary);
    assertThat(raw(slot(1)).length()).isLessThan(longDiary.length() / 2);
    assertThat(read(it -> it.valueSecret(SECRET)))
        .isEqualTo(new Lookup.Hit<>(longDiary, CacheTier.L2, false));
  }

  @Test
  void operators_areToldThatItIsEncrypted() {
    Larder larder = larder(it -> it.valueSecret(SECRET));
    encrypted(larder).get(1L, id -> DIARY);
    assertThatThrownBy(() -> larder.management().value(slot(1)))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("it is encrypted");
  }

  @Test
  void withoutASecret_theCacheIsRefused() {
    Larder larder = larder(it -> it);
    assertThatThrownBy(() -> encrypted(larder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("diary")
        .hasMessageContaining("larder.value-secret");
    assertThatThrownBy(() -> larder(it -> it.valueSecret(bytes("too short"))))
        .hasMessageContaining("fewer than 32 bytes");
  }

  @Test
  void erasure_emptiesWhatCarriesTheTag_inEveryTier_andNothingElse() {
    Larder larder = larder(it -> it);
    Cache<Long, String> diaries = larder.cache("diary", policy().build());
    Cache<Long, String> names =
        larder.cache("name", policy().tiers(CacheTier.L1, CacheTier.DATABASE).build());
    // More than are looked at in one step.
    for (long id = 1; id <= 700; id++) {
      diaries.get(id, any -> DIARY);
    }
    for (long id = 1; id <= 20; id++) {
      names.get(id, any -> "somebody");
    }
    String slots = "SELECT count(*) FROM larder.entry WHERE slot LIKE '%:1L'";
    assertThat(text(slots)).isEqualTo("1");

    // The diary in Redis, the name in the database.
    assertThat(larder.eraseTags("user:1", "user:1").toCompletableFuture().join())
        .isEqualTo(2);

    assertThat(redis.command("EXISTS", slot(1))).isEqualTo("0");
    assertThat(text(slots)).isEqualTo("0");
    assertThat(redis.command("EXISTS", slot(2))).isEqualTo("1");
    assertThat(diaries.get(1L)).isInstanceOf(Lookup.Miss.class);
    assertThat(text("SELECT count(*) FROM larder.entry WHERE body IS NOT NULL")).isEqualTo("19");
    assertThat(names.get(2L)).isInstanceOf(Lookup.Hit.class);
  }

  @Test
  void erasure_thatMissesATier_saysSo_andIsAskedAgain() {
    Larder larder = larder(it -> it.tierTimeout(Duration.ofMillis(300)));
    Cache<Long, String> diaries = larder.cache("diary", policy().build());
    diaries.get(1L, any -> DIARY);
    redis.kill();
    assertThatThrownBy(() -> larder.eraseTags("user:1").toCompletableFuture().join())
        .hasCauseInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("ask again");
    assertThat(diaries.get(1L)).as("never served all the same").isInstanceOf(Lookup.Miss.class);
  }
}
