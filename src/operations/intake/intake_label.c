#include "operations/intake/intake.h"

#include "kit/msg/msg.h"

const char *
upload_fault_label(enum upload_fault f)
{
	switch (f) {
	case UPLOAD_FINE: return T("文件可以上传");
	case UPLOAD_EMPTY: return T("文件是空的");
	case UPLOAD_SIZE: return T("文件太大，每个最多 10 MB");
	case UPLOAD_TYPE: return T("只收 PDF、JPG、PNG 文件");
	case UPLOAD_MISMATCH: return T("文件内容和文件名的后缀不一致");
	case UPLOAD_COUNT: return T("每件求助最多 10 个文件");
	}
	return T("文件不能上传");
}
