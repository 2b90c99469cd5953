package dev.larder.boottests.fragments;

import dev.larder.spring.annotation.Invalidates;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thymeleaf.context.LazyContextVariable;

/** A page that asks the database only for what its fragments do not have. */
@Controller
public class ClubPages {

  /** A club as its page shows it. */
  public record Club(String name, int members, List<String> names) {}

  private final JdbcClient database;
  private final AtomicInteger queries = new AtomicInteger();

  ClubPages(JdbcClient database) {
    this.database = database;
  }

  @GetMapping("/clubs/{id}")
  String club(@PathVariable long id, Model model) {
    model.addAttribute("id", id);
    model.addAttribute("club", new LazyContextVariable<Club>() {
      @Override
      protected Club loadValue() {
        return read(id);
      }
    });
    return "clubs/club";
  }

  /** How often a club was read. */
  public int queries() {
    return queries.get();
  }

  private Club read(long id) {
    queries.incrementAndGet();
    List<String> names = database
        .sql("select name from member where club = ? order by name")
        .param(id)
        .query(String.class)
        .list();
    return new Club(
        database
            .sql("select name from club where id = ?")
            .param(id)
            .query(String.class)
            .single(),
        names.size(),
        names);
  }

  @Transactional
  @Invalidates(tags = "club:#{#id}:members")
  public void join(long id, String name) {
    database
        .sql("insert into member (club, name) values (?, ?)")
        .param(id)
        .param(name)
        .update();
  }

  @Transactional
  @Invalidates(tags = "club:#{#id}")
  public void rename(long id, String name) {
    database.sql("update club set name = ? where id = ?").param(name).param(id).update();
  }
}
