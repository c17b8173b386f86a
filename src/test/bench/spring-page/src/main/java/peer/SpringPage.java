package peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The latest 25 messages as a table: the same rows as the product's list, without menu, filters, sign-in or live updates. */
@SpringBootApplication
@Controller
public class SpringPage {

  private final JdbcTemplate database;

  SpringPage(JdbcTemplate database) {
    this.database = database;
  }

  public static void main(String[] arguments) {
    SpringApplication.run(SpringPage.class, arguments);
  }

  @GetMapping("/messages")
  String messages(Model model) {
    model.addAttribute("rows", database.queryForList("""
        select m.id, trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author, m.content,
               coalesce(c.title, c.external_id) as chat, m.noise_classification as class, m.importance_score as score, m.sent_at
          from message m join person p on p.id = m.author_id join chat c on c.id = m.chat_id
         order by m.sent_at desc, m.id desc limit 25"""));
    return "messages";
  }
}
