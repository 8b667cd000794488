#include "supply/desk/desk_internal.h"

#define CASE "/desk/request/{id}"
#define KEPT ROUTE_FORM_KEPT
#define FILES_MAX (INT64_C(11) * 1024 * 1024)

const struct route desk_routes[] = {
	{ HTTP_GET, "/desk/login", RIGHT_PUBLIC, login_page, NULL, T("工作人员登录"), 0, 0 },
	{ HTTP_POST, "/desk/login", RIGHT_PUBLIC, login_post, &login_form, T("登录"), ROUTE_NO_CSRF | KEPT, 0 },
	{ HTTP_POST, "/desk/logout", RIGHT_STAFF, logout_post, NULL, T("退出"), 0, 0 },
	{ HTTP_GET, "/desk/account", RIGHT_STAFF, account_page, NULL, T("我的账号"), 0, 0 },
	{ HTTP_POST, "/desk/account", RIGHT_STAFF, account_post, &password_form, T("修改密码"), KEPT, 0 },

	{ HTTP_GET, "/desk", RIGHT_CASE_READ, queue_page, NULL, T("工作台"), 0, 0 },
	{ HTTP_GET, "/desk/queue", RIGHT_CASE_READ, queue_fragment, NULL, T("工作台（列表）"), 0, 0 },
	{ HTTP_GET, "/desk/live", RIGHT_CASE_READ, queue_live, NULL, T("工作台（实时）"), ROUTE_LIVE, 0 },
	{ HTTP_GET, "/desk/search", RIGHT_CASE_READ, search_page, NULL, T("找案件"), 0, 0 },
	{ HTTP_GET, "/desk/rulings", RIGHT_SUPERVISE, rulings_page, NULL, T("待裁定"), 0, 0 },
	{ HTTP_POST, "/desk/draft", RIGHT_STAFF, draft_post, NULL, T("草稿"), 0, 0 },

	{ HTTP_GET, "/desk/intake", RIGHT_INTAKE, intake_page, NULL, T("新受理"), 0, 0 },
	{ HTTP_POST, "/desk/intake", RIGHT_INTAKE, intake_post, &intake_form, T("新受理"), KEPT, 0 },
	{ HTTP_POST, "/desk/intake/clear", RIGHT_INTAKE, intake_clear_post, NULL, T("清空，重新填"), 0, 0 },
	{ HTTP_POST, "/desk/intake/duplicates", RIGHT_INTAKE, duplicates_post, NULL, T("可能已经登记过的人"), 0, 0 },
	{ HTTP_GET, "/desk/call", RIGHT_INTAKE, call_page, NULL, T("来电"), 0, 0 },
	{ HTTP_POST, "/desk/call", RIGHT_INTAKE, call_post, &call_form, T("来电"), KEPT, 0 },
	{ HTTP_GET, CASE "/receipt", RIGHT_CASE_READ, receipt_page, NULL, T("回执"), 0, 0 },

	{ HTTP_GET, CASE, RIGHT_CASE_READ, case_page, NULL, T("案件"), 0, 0 },
	{ HTTP_GET, CASE "/panel", RIGHT_CASE_READ, panel_fragment, NULL, T("案件（侧栏）"), 0, 0 },
	{ HTTP_GET, CASE "/file/{n}", RIGHT_CASE_READ, file_page, NULL, T("材料"), 0, 0 },
	{ HTTP_POST, CASE "/files", RIGHT_CASE_HANDLE, files_post, NULL, T("添加材料"), ROUTE_UPLOAD | KEPT, FILES_MAX },
	{ HTTP_GET, CASE "/choice/{choice}", RIGHT_CASE_READ, choice_page, NULL, T("当时怎么选的"), 0, 0 },
	{ HTTP_GET, CASE "/dispatch", RIGHT_CASE_READ, dispatch_page, NULL, T("派单说明"), 0, 0 },
	{ HTTP_GET, CASE "/why/{target}", RIGHT_CASE_READ, why_page, NULL, T("为什么是这一天"), 0, 0 },
	/* whose numbers: identity_may_reveal() */
	{ HTTP_GET, CASE "/reveal", RIGHT_CASE_HANDLE, act_page, NULL, T("查看完整号码"), 0, 0 },
	{ HTTP_POST, CASE "/reveal", RIGHT_CASE_HANDLE, reveal_post, &reveal_form, T("查看完整号码"), KEPT, 0 },

	{ HTTP_POST, CASE "/accept", RIGHT_CASE_HANDLE, accept_post, &step_form, T("受理"), KEPT, 0 },
	{ HTTP_POST, CASE "/takeover", RIGHT_CASE_HANDLE, takeover_post, &step_form, T("接手"), KEPT, 0 },
	{ HTTP_GET, CASE "/answer", RIGHT_CASE_HANDLE, act_page, NULL, T("答复"), 0, 0 },
	{ HTTP_POST, CASE "/answer", RIGHT_CASE_HANDLE, answer_post, &answer_form, T("答复"), KEPT, 0 },
	{ HTTP_GET, CASE "/close", RIGHT_CASE_HANDLE, act_page, NULL, T("办结"), 0, 0 },
	{ HTTP_POST, CASE "/close", RIGHT_CASE_HANDLE, close_post, &close_form, T("办结"), KEPT, 0 },
	{ HTTP_GET, CASE "/decline", RIGHT_CASE_HANDLE, act_page, NULL, T("不予受理"), 0, 0 },
	{ HTTP_POST, CASE "/decline", RIGHT_CASE_HANDLE, decline_post, &decline_form, T("不予受理"), KEPT, 0 },
	{ HTTP_GET, CASE "/convert", RIGHT_CASE_HANDLE, act_page, NULL, T("转为其他事项"), 0, 0 },
	{ HTTP_POST, CASE "/convert", RIGHT_CASE_HANDLE, convert_post, &convert_form, T("转为其他事项"), KEPT, 0 },
	{ HTTP_GET, CASE "/callback", RIGHT_CASE_HANDLE, act_page, NULL, T("约定回电"), 0, 0 },
	{ HTTP_POST, CASE "/callback", RIGHT_CASE_HANDLE, callback_post, &callback_form, T("约定回电"), KEPT, 0 },
	{ HTTP_POST, CASE "/called", RIGHT_CASE_HANDLE, called_post, &called_form, T("回电结果"), KEPT, 0 },
	{ HTTP_POST, CASE "/aid", RIGHT_CASE_HANDLE, aid_post, &aid_form, T("告知法律援助"), KEPT, 0 },
	{ HTTP_POST, CASE "/say", RIGHT_CASE_HANDLE, say_post, &say_form, T("留言"), KEPT, 0 },

	{ HTTP_GET, CASE "/pause", RIGHT_CASE_HANDLE, act_page, NULL, T("暂停计时"), 0, 0 },
	{ HTTP_POST, CASE "/pause", RIGHT_CASE_HANDLE, pause_post, &pause_form, T("暂停计时"), KEPT, 0 },
	{ HTTP_GET, CASE "/resume", RIGHT_CASE_HANDLE, act_page, NULL, T("恢复计时"), 0, 0 },
	{ HTTP_POST, CASE "/resume", RIGHT_CASE_HANDLE, resume_post, &resume_form, T("恢复计时"), KEPT, 0 },

	{ HTTP_GET, "/desk/order/{id}", RIGHT_CASE_READ, order_page, NULL, T("督办单"), 0, 0 },
	{ HTTP_POST, "/desk/order/{id}/sign", RIGHT_CASE_READ, order_sign_post, NULL, T("签收督办单"), 0, 0 },
	{ HTTP_POST, "/desk/order/{id}/reply", RIGHT_CASE_HANDLE, order_reply_post, &order_reply_form, T("回复督办单"), KEPT, 0 },
	{ HTTP_POST, "/desk/order/{id}/judge", RIGHT_SUPERVISE, order_judge_post, &order_judge_form, T("审核回复"), KEPT, 0 },
	{ HTTP_POST, "/desk/order/{id}/withdraw", RIGHT_SUPERVISE, order_withdraw_post, &order_withdraw_form, T("撤销督办单"),
	    KEPT, 0 },
	{ HTTP_GET, "/desk/orders", RIGHT_SUPERVISE, orders_page, NULL, T("督办台账"), 0, 0 },
	{ HTTP_GET, "/desk/orders.csv", RIGHT_SUPERVISE, orders_csv, NULL, T("督办台账"), 0, 0 },
	{ HTTP_GET, "/desk/orders/mine", RIGHT_CASE_READ, orders_mine_page, NULL, T("等我回复的督办单"), 0, 0 },
	{ HTTP_GET, "/desk/orders/new", RIGHT_SUPERVISE, order_new_page, NULL, T("下达督办单"), 0, 0 },
	{ HTTP_POST, "/desk/orders/new", RIGHT_SUPERVISE, order_new_post, &order_issue_form, T("下达督办单"), KEPT, 0 },
	{ HTTP_GET, "/desk/supervise/rules", RIGHT_SUPERVISE, supervise_rules_page, NULL, T("督办规则"), 0, 0 },
	{ HTTP_GET, "/desk/supervise/rules/new", RIGHT_SUPERVISE_RULES, supervise_rules_new_page, NULL, T("改规则"), 0, 0 },
	{ HTTP_POST, "/desk/supervise/rules/new", RIGHT_SUPERVISE_RULES, supervise_rules_post, &supervise_rules_form, T("改规则"),
	    KEPT, 0 },

	{ HTTP_GET, CASE "/handover", RIGHT_DISPATCH, act_page, NULL, T("转交"), 0, 0 },
	{ HTTP_POST, CASE "/handover", RIGHT_DISPATCH, offer_post, &offer_form, T("转交"), KEPT, 0 },
	{ HTTP_POST, CASE "/handover/accept", RIGHT_CASE_HANDLE, offer_accept_post, &answer_offer_form, T("接收转交"), KEPT, 0 },
	{ HTTP_POST, CASE "/handover/withdraw", RIGHT_DISPATCH, offer_withdraw_post, &answer_offer_form, T("撤回转交"), KEPT, 0 },
	{ HTTP_GET, CASE "/assign", RIGHT_SUPERVISE, act_page, NULL, T("改派"), 0, 0 },
	{ HTTP_POST, CASE "/assign", RIGHT_SUPERVISE, assign_post, &assign_form, T("改派"), KEPT, 0 },
	{ HTTP_GET, CASE "/return", RIGHT_CASE_HANDLE, act_page, NULL, T("退回转交"), 0, 0 },
	{ HTTP_POST, CASE "/return", RIGHT_CASE_HANDLE, offer_return_post, &return_form, T("退回转交"), KEPT, 0 },
};
const size_t desk_routes_n = sizeof desk_routes / sizeof desk_routes[0];
