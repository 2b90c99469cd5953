package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.log.Position;
import dev.larder.tier.Store;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores by address and by data source, as core finds them. */
class JdbcStoreProviderIT extends PostgresTest {

  private static StoreProvider provider() {
    List<StoreProvider> found = ServiceLoader.load(StoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(JdbcStoreProvider.class::isInstance)
        .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Store open(String address) {
    Store store = provider().open(address, PostgresDatabase.settings(prefix));
    assertThat(store).isNotNull();
    return closing(store);
  }

  @Test
  void dataSource_opensAStore() {
    Store store = closing(provider().open(database.pool(), PostgresDatabase.settings(prefix)));
    assertThat(store.name()).isEqualTo("postgresql");
    assertThat(get(store.log().openEpoch(null, 0, 7, 1)).position())
        .isEqualTo(new Position("postgresql", 7, 0));
    store.close();
    assertThat(database.pool().isClosed()).isFalse();
  }

  @Test
  void addresses_reachTheSameDatabase() {
    URI uri = URI.create(database.url().substring("jdbc:".length()));
    String place = "127.0.0.1:" + uri.getPort() + uri.getPath();
    get(open(database.url()).log().openEpoch(null, 0, 7, 1));
    for (String scheme : List.of("postgres", "postgresql", "POSTGRES")) {
      Store store = open(scheme + "://postgres:any%20thing@" + place + "?ApplicationName=x");
      assertThat(store.address()).as("before it has answered").isEmpty();
      assertThat(get(store.log().tail()).position()).isEqualTo(new Position("postgresql", 7, 0));
      assertThat(store.address()).isEqualTo(place);
    }
  }

  @Test
  void close_closesThePool() {
    Store store = open(database.url());
    get(store.log().tail());
    String name = "larder-" + prefix;
    assertThat(Thread.getAllStackTraces().keySet()).anyMatch(t -> t.getName().contains(name));
    store.close();
    patiently()
        .until(() -> Thread.getAllStackTraces().keySet().stream()
            .noneMatch(t -> t.getName().contains(name)));
  }

  @Test
  void unreachable_isDegradedAndTellsNoPassword() {
    StoreSettings settings = new StoreSettings(prefix, Duration.ofSeconds(1), 10_000, 100);
    // Port 1 is not listened on.
    Store store = closing(
        provider().open("postgres://user:s3cret@127.0.0.1:1/nothing?password=s3cret", settings));
    assertThatThrownBy(() -> get(store.tier().read(key("1"))))
        .isInstanceOf(TierUnavailableException.class)
        .satisfies(failure -> {
          for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e.getMessage())).doesNotContain("s3cret");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://localhost", "jdbc:h2:mem:x", "jdbc:mysql://h/d", "memory", ""})
  void otherSchemes_areNotIts(String address) {
    assertThat(provider().open(address, PostgresDatabase.settings(prefix))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://user:s3cret@host",
        "postgres://user:s3cret@host/",
        "postgres:///db",
        "postgres://user:s3cret@ho st/db",
        "postgres://user:s3cret%zz@host/db",
        "jdbc:postgresql://host:port/db?password=s3cret"
      })
  void wrongAddresses_areRefusedWithoutThePassword(String address) {
    assertThatThrownBy(() -> provider().open(address, PostgresDatabase.settings(prefix)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("database address")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }
}
