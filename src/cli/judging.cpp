#include "judging.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

ExitStatus status_of(const Examined& examined) {
    if (examined.item.fault) return examined.item.fault->status;
    return examined.examination.judgement ? ExitStatus::data_error : ExitStatus::software;
}

}  // namespace

void Faults::add(ExitStatus status, const std::string& text) {
    before_();
    log::error("{}", printable(text, 2000));
    if (status_ == ExitStatus::ok) status_ = status;
    ++count_;
}

void for_each_message(JudgePool& pool, MessageSource& source, Faults& faults,
                      const std::function<void(Examined&)>& take,
                      const std::function<void()>& progress) {
    bool has_items = false;
    pool.judge_all(source, [&](Examined& examined) {
        has_items = true;
        const std::string fault = fault_of(examined);
        if (!fault.empty()) {
            faults.add(status_of(examined), fault);
        } else {
            if (examined.item.fault)
                faults.add(examined.item.fault->status, examined.item.fault->text);
            take(examined);
        }
        progress();
    });
    if (!has_items) log::warn("no message there; hidden files and folders count only when named");
}

Examined one_message(Context& context, const std::string& path) {
    set_up_mail(true);
    const RuleSet rules = context.rules();
    JudgePool pool(rules);
    MessageSource source({path}, context.configuration().sizes);
    std::optional<Examined> found;
    std::size_t count = 0;
    std::optional<IoError> fault;
    pool.judge_all(source, [&](Examined& examined) {
        const std::string text = fault_of(examined);
        if (!text.empty()) {
            if (!fault) fault.emplace(status_of(examined), printable(text, 2000));
        } else if (count++ == 0) {
            if (examined.item.fault) log::warn("{}", printable(examined.item.fault->text, 2000));
            found = std::move(examined);
        }
    });
    if (!found && fault) throw IoError(*fault);
    if (!found)
        throw IoError(ExitStatus::no_input,
                      fmt::format("{}: no message to explain", printable(path)));
    if (count > 1)
        log::warn("{}: {} messages; only the first is explained", printable(path), count);
    return std::move(*found);
}

}  // namespace ndr
