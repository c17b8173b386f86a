package tasktracker.llm.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** SQL statements about providers. All join the caller's transaction. */
@ApplicationScoped
public class ProviderStore {

  /** An excluded chat of a provider. */
  public record Pair(UUID providerId, UUID chatId) {}

  private final Database database;

  @Inject
  public ProviderStore(Database database) {
    this.database = database;
  }

  /** A chat to choose from. */
  public record Chat(UUID id, String title) {}

  Optional<ProviderRow> find(UUID id) {
    return database.ask(sql -> sql.createQuery("select * from llm_provider where id = :id").bind("id", id)
        .map(Database.to(ProviderRow.class)).findOne());
  }

  Optional<ProviderRow> lock(UUID id) {
    return database.ask(sql -> sql.createQuery("select * from llm_provider where id = :id for update").bind("id", id)
        .map(Database.to(ProviderRow.class)).findOne());
  }

  List<ProviderRow> list(boolean isActiveOnly, int limit, int skip) {
    return database.ask(sql -> sql.createQuery("""
            select * from llm_provider where is_active or not :active order by failover_order, lower(name) limit :limit offset :skip""")
        .bind("active", isActiveOnly).bind("limit", limit).bind("skip", skip).map(Database.to(ProviderRow.class)).list());
  }

  boolean isNameTaken(String name, @Nullable UUID except) {
    return database.ask(sql -> sql.createQuery("""
            select exists (select from llm_provider where lower(name) = lower(:name) and id is distinct from cast(:except as uuid))""")
        .bind("name", name).bindByType("except", except, UUID.class).mapTo(Boolean.class).one());
  }

  void insert(UUID id, ProviderChange values, @Nullable String encryptedKey, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into llm_provider (id, name, type, base_url, api_key, is_active, failover_order, concurrency, timeout_seconds,
                                      daily_token_budget, created_by)
            values (:id, :name, :type, :url, :key, :active, :failover, :concurrency, :timeout, :budget, :by)""")
        .bind("id", id).bind("type", values.requiredType().wire()).bind("by", by).bindMap(bindings(values, encryptedKey)).execute());
  }

  void update(UUID id, ProviderChange values, @Nullable String encryptedKey) {
    database.run(sql -> sql.createUpdate("""
            update llm_provider set name = :name, base_url = :url, api_key = :key, is_active = :active, failover_order = :failover,
                   concurrency = :concurrency, timeout_seconds = :timeout, daily_token_budget = :budget, revision = revision + 1,
                   updated_at = now() where id = :id""")
        .bind("id", id).bindMap(bindings(values, encryptedKey)).execute());
  }

  private static Map<String, @Nullable Object> bindings(ProviderChange values, @Nullable String encryptedKey) {
    Map<String, @Nullable Object> bindings = new java.util.HashMap<>();
    bindings.put("name", values.requiredName());
    bindings.put("url", values.checkedUrl());
    bindings.put("key", encryptedKey);
    bindings.put("active", values.isActive());
    bindings.put("failover", values.failoverOrder());
    bindings.put("concurrency", values.concurrency());
    bindings.put("timeout", values.timeoutSeconds());
    bindings.put("budget", values.dailyTokenBudget());
    return bindings;
  }

  void saveKey(UUID id, String encryptedKey) {
    database.run(sql -> sql.createUpdate("update llm_provider set api_key = :key where id = :id").bind("key", encryptedKey)
        .bind("id", id).execute());
  }

  void delete(UUID id) {
    database.run(sql -> sql.createUpdate("delete from llm_provider where id = :id").bind("id", id).execute());
  }

  void saveValidating(UUID id) {
    database.run(sql -> sql.createUpdate("""
            update llm_provider set validation_status = 'validating', validation_reason = null, validation_detail = null where id = :id""")
        .bind("id", id).execute());
  }

  /** Saves the result of a validation and returns whether the provider has not changed since it began. */
  boolean saveValidation(UUID id, int revision, ValidationStatus status, @Nullable String reason, @Nullable String detail) {
    return database.ask(sql -> sql.createUpdate("""
            update llm_provider set validation_status = :status, validation_reason = :reason, validation_detail = :detail,
                   validated_at = now() where id = :id and revision = :revision""")
        .bind("id", id).bind("revision", revision).bind("status", status.wire()).bind("reason", reason).bind("detail", detail)
        .execute()) == 1;
  }

  /** The excluded chats of these providers. */
  Map<UUID, List<UUID>> excludedChats(Collection<UUID> providers) {
    return database.ask(sql -> sql.createQuery("""
            select provider_id, chat_id from llm_provider_excluded_chat where provider_id = any(:ids) order by chat_id""")
        .bindArray("ids", UUID.class, providers.toArray()).map(Database.to(Pair.class)).list()).stream()
        .collect(Collectors.groupingBy(Pair::providerId, Collectors.mapping(Pair::chatId, Collectors.toList())));
  }

  /** Excludes these chats and no others. Returns the number of excluded chats: ids of no chat are left out. */
  int saveExcludedChats(UUID provider, List<UUID> chats) {
    return database.ask(sql -> {
      sql.createUpdate("delete from llm_provider_excluded_chat where provider_id = :id").bind("id", provider).execute();
      return sql.createUpdate("""
              insert into llm_provider_excluded_chat (provider_id, chat_id) select :id, id from chat where id = any(:chats)""")
          .bind("id", provider).bindArray("chats", UUID.class, chats.toArray()).execute();
    });
  }

  /** The first chats by title, and those that the provider excludes, so that a form with these chats loses none of them. */
  public List<Chat> chats(@Nullable UUID provider) {
    return database.ask(sql -> sql.createQuery("""
            with first as (select id from chat order by lower(coalesce(title, external_id)), id limit 500)
            select id, coalesce(title, external_id) as title from chat
             where id in (select id from first) or id in (select chat_id from llm_provider_excluded_chat where provider_id = :provider)
             order by lower(coalesce(title, external_id)), id""")
        .bindByType("provider", provider, UUID.class).map(Database.to(Chat.class)).list());
  }
}
