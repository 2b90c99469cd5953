package dev.larder.showcase.stories.cache;

import dev.larder.showcase.stories.entity.Tag;
import dev.larder.showcase.stories.read.TagName;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** The tags. Cached by the line on the entity: nothing is said here. */
public interface TagQueries extends JpaRepository<Tag, Integer> {

  /** All of them, by name. */
  List<TagName> findAllByOrderByName();
}
