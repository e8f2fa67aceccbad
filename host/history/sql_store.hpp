// The store in SQL, over SQLite or PostgreSQL: one object of parts by concern.
//
//   auto store = std::make_unique<SqlStore>(std::move(connection), warnings);
//
// One thread.
#pragma once

#include "history/sql_alerts.hpp"
#include "history/sql_change_points.hpp"
#include "history/sql_judgements.hpp"
#include "history/sql_outbox.hpp"
#include "history/sql_points.hpp"
#include "history/sql_recording.hpp"
#include "history/sql_runs.hpp"
#include "history/sql_scope.hpp"
#include "history/store.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::history {

class SqlStore final : public Store {
public:
    explicit SqlStore(std::unique_ptr<sql::Connection> connection,
                      std::vector<std::string> warnings = {});

    [[nodiscard]] std::string where() const override { return db_->where(); }

    [[nodiscard]] std::vector<std::string> warnings() const override { return warnings_; }

    Result<Recorded> record(const Run& run) override;
    Result<std::size_t> record_all(const std::vector<Run>& runs) override;

    Result<std::vector<RunRow>> runs(const RunQuery& query) override;
    Result<std::vector<RunFacts>> run_facts(const RunQuery& query) override;
    Result<Run> run(const std::string& name) override;
    Result<std::string> short_name(const std::string& run_uuid) override;
    Result<std::vector<NamedRun>> named_runs() override;
    Result<std::vector<SeriesRow>> series(const SeriesQuery& query) override;
    Result<std::vector<SeriesPoint>> points(std::int64_t series_id,
                                            const PointQuery& query) override;
    Result<std::vector<std::vector<LinePoint>>> lines(const std::vector<std::int64_t>& series_ids,
                                                      const PointQuery& query) override;
    Result<std::vector<LineRun>> line_runs(const PointQuery& query) override;
    Result<std::optional<Samples>> samples(std::int64_t series_id, std::int64_t run_id) override;
    Result<std::vector<PlatformRow>> platforms() override;
    Result<StoreStats> stats() override;
    Result<std::vector<std::string>> projects() override;
    Status look_at(const std::optional<std::string>& project) override;
    Status each_run(const RunQuery& query, const std::function<Status(Run&&)>& each) override;

    Result<std::vector<std::int64_t>> add_baselines(const std::vector<BaselineRow>& rows) override;
    Result<std::vector<BaselineRow>> baselines(std::optional<std::int64_t> series_id) override;
    Result<std::vector<BaselineRow>> earlier_baselines(std::int64_t series_id) override;
    Status add_verdicts(const std::vector<VerdictRow>& rows) override;
    Result<std::vector<VerdictRow>> verdicts(const std::string& run_uuid) override;
    Status add_gate_results(const std::vector<GateRow>& rows) override;
    Result<std::vector<GateRow>> gate_results(const std::string& run_uuid) override;
    Result<Judgements> judgements() override;
    Result<TakenJudgements> add_judgements(const Judgements& judgements) override;

    Result<std::vector<ChangePointRow>>
    change_points(std::optional<std::int64_t> series_id) override {
        return change_points_.rows(series_id);
    }

    Result<std::vector<AlertRow>> alerts() override { return alerts_.rows(); }

    Result<std::vector<AlertEventRow>> alert_events(std::int64_t alert_id) override {
        return alerts_.events(alert_id);
    }

    Status keep_analysis(const AnalysisRecord& record) override;

    Result<std::vector<NoticeRow>> outbox() override { return outbox_.waiting(); }

    Result<bool> has_notice(const std::string& dedupe_key) override {
        return outbox_.has(dedupe_key);
    }

    Result<bool> claim_notice(const NoticeRow& row, std::int64_t until) override {
        return outbox_.claim(row, until);
    }

    Status settle_notice(const NoticeOutcome& outcome) override { return outbox_.settle(outcome); }

    Result<std::int64_t> exclude(const std::string& run_uuid,
                                 const std::optional<std::string>& case_id,
                                 bool excluded) override;

    Status backup(const std::string& file) override { return db_->backup(file); }

    Result<Compacted> compact(const Retention& retention) override;

private:
    // How many of them are new.
    Result<std::size_t> write(std::span<const Run> runs, bool alone);

    std::unique_ptr<sql::Connection> db_;
    std::vector<std::string> warnings_;
    SqlScope scope_; // of the parts below
    SqlRecording recording_;
    SqlRuns runs_;
    SqlPoints points_;
    SqlJudgements judgements_;
    SqlChangePoints change_points_;
    SqlAlerts alerts_;
    SqlOutbox outbox_;
};

// A shared history; unavailable unless built with libpq.
Result<std::unique_ptr<Store>> open_postgres(const std::string& url, StoreOptions options);

} // namespace assay::history
