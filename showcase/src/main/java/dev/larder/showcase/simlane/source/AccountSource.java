package dev.larder.showcase.simlane.source;

import dev.larder.showcase.simlane.domain.Account;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts in the database. */
@Component
public class AccountSource {
  private final JdbcClient jdbc;

  AccountSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Account> account(long user) {
    return jdbc.sql("SELECT id, username, display_name, admin FROM simlane.users WHERE id = :user")
        .param("user", user)
        .query(Account.class)
        .optional();
  }

  public Optional<Account> named(String username) {
    return jdbc.sql("SELECT id, username, display_name, admin FROM simlane.users"
            + " WHERE username = :username")
        .param("username", username)
        .query(Account.class)
        .optional();
  }

  /** The hash of a user's password, which is in no cache. */
  public String passwordOf(long user) {
    return jdbc.sql("SELECT password FROM simlane.users WHERE id = :user")
        .param("user", user)
        .query(String.class)
        .single();
  }
}
